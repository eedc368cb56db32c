# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys
import threading
import time


def work(stop, loop, half_way):
    for part in range(1, 4):
        if stop.is_set():
            print("thread: sees that it should stop")
            return
        print(f"thread: part {part}")
        if part == 2:
            loop.call_soon_threadsafe(half_way.set)
        time.sleep(0.4)
    print("thread: did all its work")


async def run(stop, tell):
    loop = asyncio.get_running_loop()
    half_way = asyncio.Event()
    job = asyncio.to_thread(work, stop, loop, half_way)
    task = asyncio.create_task(job, name="thread")
    await half_way.wait()
    print("main: cancels it")
    if tell:
        stop.set()
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("main: the task is cancelled")
    await loop.shutdown_default_executor()
    print("main: ends")


async def main():
    stop = threading.Event()
    await run(stop, False)


async def expected():
    stop = threading.Event()
    await run(stop, True)


asyncio.run(expected() if "expected" in sys.argv else main())
