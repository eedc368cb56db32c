# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def stubborn():
    for n in range(1, 5):
        try:
            await asyncio.sleep(1)
            print(f"stubborn: part {n} done")
        except asyncio.CancelledError:
            print(f"stubborn: asked to end in part {n}, takes no notice")


async def main():
    task = asyncio.create_task(stubborn(), name="stubborn")
    await asyncio.sleep(1.5)
    print("main: at most one second more")
    try:
        await asyncio.wait_for(task, timeout=1)
        print("main: no timeout")
    except asyncio.TimeoutError:
        print("main: timeout")
    print(f"main: was it cancelled? {'yes' if task.cancelled() else 'no'}")


asyncio.run(main())
