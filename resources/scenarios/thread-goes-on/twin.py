# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys
import threading
import time


def work(stop):
    for part in range(1, 4):
        if stop.is_set():
            print("thread: sees that it should stop")
            return
        print(f"thread: part {part}")
        time.sleep(0.4)
    print("thread: did all its work")


async def run(stop, tell):
    task = asyncio.create_task(asyncio.to_thread(work, stop), name="thread")
    await asyncio.sleep(0.6)
    print("main: cancels it")
    if tell:
        stop.set()
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("main: the task is cancelled")
    await asyncio.sleep(1)
    print("main: ends")


async def main():
    stop = threading.Event()
    await run(stop, False)


async def expected():
    stop = threading.Event()
    await run(stop, True)


asyncio.run(expected() if "expected" in sys.argv else main())
