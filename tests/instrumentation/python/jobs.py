# SPDX-License-Identifier: GPL-3.0-or-later
# Jobs for threads and for processes; a queue that is joined; a timer with its callback by name.
import asyncio
import operator
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, wait


class AtOnce(ThreadPoolExecutor):
    """Has done a job before it says that it took it, as a quick thread may."""

    def submit(self, function, *arguments):
        job = super().submit(function, *arguments)
        wait([job])
        return job


async def jobs(loop):
    with ThreadPoolExecutor(1) as threads:
        gate = threading.Event()
        first = loop.run_in_executor(threads, gate.wait)
        second = loop.run_in_executor(threads, operator.add, 3, 4)
        time.sleep(0.01)
        gate.set()
        await first
        sum_of_two = await second
    with ProcessPoolExecutor(1) as processes:
        print(sum_of_two, await loop.run_in_executor(processes, operator.add, 4, 4))
    with AtOnce(1) as threads:
        await loop.run_in_executor(threads, operator.add, 1, 1)


async def joins():
    queue = asyncio.Queue()
    queue.put_nowait("item")
    waits = asyncio.ensure_future(queue.join())
    await asyncio.sleep(0)
    queue.get_nowait()
    queue.task_done()
    await waits


async def main():
    loop = asyncio.get_event_loop()
    await jobs(loop)
    await joins()
    fired = loop.create_future()
    loop.call_at(when=loop.time(), callback=lambda: fired.set_result(None))
    await fired


if __name__ == "__main__":  # the other process imports this file, where it is not forked
    asyncio.run(main())
