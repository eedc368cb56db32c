# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def cancel_me():
    try:
        print("cancel_me: before the sleep")
        try:
            await asyncio.sleep(3600)
        except Exception:
            print("cancel_me: an error")
        except asyncio.CancelledError:
            print("cancel_me: cancelled")
            raise
    finally:
        print("cancel_me: after the sleep")


async def main():
    task = asyncio.create_task(cancel_me(), name="cancel_me")
    await asyncio.sleep(1)
    task.cancel()
    print("main: asked cancel_me to end")
    try:
        await task
    except asyncio.CancelledError:
        print("main: cancel_me is cancelled now")

    unborn = asyncio.create_task(cancel_me(), name="unborn")
    unborn.cancel()
    try:
        await unborn
    except asyncio.CancelledError:
        print("main: unborn is cancelled now")


asyncio.run(main())
