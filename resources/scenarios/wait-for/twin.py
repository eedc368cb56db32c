# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def eternity():
    try:
        await asyncio.sleep(3600)
        print("yay!")
    except asyncio.CancelledError:
        print("eternity: cancelled")
        raise


async def main():
    task = asyncio.create_task(eternity(), name="eternity")
    try:
        await asyncio.wait_for(task, timeout=1)
    except asyncio.TimeoutError:
        print("timeout!")
    print(f"main: is eternity over? {'yes' if task.done() else 'no'}")


asyncio.run(main())
