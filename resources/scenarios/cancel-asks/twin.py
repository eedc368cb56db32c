# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def tidy_up():
    print("worker: tidies up")
    await asyncio.sleep(1)
    print("worker: is tidy")


async def worker():
    cancelled = False
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        cancelled = True
    if cancelled:
        await tidy_up()
        raise asyncio.CancelledError()


def yes_no(answer):
    return "yes" if answer else "no"


async def main():
    task = asyncio.create_task(worker(), name="worker")
    await asyncio.sleep(1)
    task.cancel()
    print(f"main: cancelled it; is it done? {yes_no(task.done())}")
    await asyncio.sleep(0.5)
    print(f"main: half a second later; is it done? {yes_no(task.done())}")
    await asyncio.sleep(1)
    print(f"main: and now? {yes_no(task.done())}")


async def expected():
    task = asyncio.create_task(worker(), name="worker")
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("main: waited until it had ended")
    print(f"main: cancelled it; is it done? {yes_no(task.done())}")


asyncio.run(expected() if "expected" in sys.argv else main())
