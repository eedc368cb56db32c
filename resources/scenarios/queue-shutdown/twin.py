# SPDX-License-Identifier: GPL-3.0-or-later
# Needs Python 3.13.
import asyncio


async def worker(name, queue):
    try:
        while True:
            job = await queue.get()
            print(f"{name}: job {job}")
            await asyncio.sleep(0.5)
            queue.task_done()
    except asyncio.QueueShutDown:
        print(f"{name}: the queue is shut down, going home")


async def main():
    queue = asyncio.Queue()
    for job in range(1, 4):
        queue.put_nowait(job)
    workers = [asyncio.create_task(worker(name, queue), name=name)
               for name in ["Ann", "Bob"]]
    await asyncio.sleep(0.25)
    queue.shutdown()
    print("main: shut down")
    try:
        await queue.put(4)
    except asyncio.QueueShutDown:
        print("main: no new job can be put")
    await asyncio.gather(*workers)
    print("main: all went home")


asyncio.run(main())
