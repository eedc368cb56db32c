# SPDX-License-Identifier: GPL-3.0-or-later
"""What the readers of our exports are shown of CPython: each way of waiting once or twice. With an argument it is killed
before its tasks have ended."""
import asyncio
import os
import signal
import sys


async def worker(queue, lock):
    while True:
        item = await queue.get()
        async with lock:
            await asyncio.sleep(0.001 * item)
        queue.task_done()


async def fails():
    await asyncio.sleep(0)
    raise ValueError("as meant")


async def main():
    queue = asyncio.Queue(2)
    lock = asyncio.Lock()
    workers = [asyncio.create_task(worker(queue, lock), name=f"worker {n}") for n in (1, 2)]
    for item in range(6):
        await queue.put(item)
    await queue.join()
    print("all done in", os.getpid())
    if sys.argv[1:]:
        os.kill(os.getpid(), signal.SIGKILL)
    for task in workers:
        task.cancel()
    await asyncio.gather(*workers, fails(), return_exceptions=True)
    await asyncio.get_running_loop().run_in_executor(None, sum, range(1000))
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.001)
    except asyncio.TimeoutError:
        print('a name with "quotes", \\ and ümlauts')


asyncio.run(main())
