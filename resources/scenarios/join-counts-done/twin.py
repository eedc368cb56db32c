# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def works(queue):
    for _ in range(2):
        item = await queue.get()
        print(f"worker: took {item}")
        await asyncio.sleep(1)
        queue.task_done()
        print(f"worker: done with {item}")


async def hurries(queue):
    for _ in range(2):
        item = await queue.get()
        print(f"worker: took {item}")
        queue.task_done()
        await asyncio.sleep(1)
        print(f"worker: done with {item}")


async def main():
    queue = asyncio.Queue()
    for n in range(1, 3):
        queue.put_nowait(n)
    worker = asyncio.create_task(works(queue), name="worker")
    await queue.join()
    print("main: joined")
    await worker


async def expected():
    queue = asyncio.Queue()
    for n in range(1, 3):
        queue.put_nowait(n)
    worker = asyncio.create_task(hurries(queue), name="worker")
    await queue.join()
    print("main: joined")
    await worker


asyncio.run(expected() if "expected" in sys.argv else main())
