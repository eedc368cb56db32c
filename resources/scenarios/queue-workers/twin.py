# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


def lengths(count):
    """Pseudo-random times of work in hundredths of a second, the same in every run."""
    state = 35060
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        yield 10 + (state >> 16) % 71


async def worker(name, queue):
    while True:
        item, length = await queue.get()
        await asyncio.sleep(length / 100)
        print(f"{name}: item {item} done in {length / 100:.2f} s")
        queue.task_done()


async def main():
    queue = asyncio.Queue()
    total = 0
    for item, length in enumerate(lengths(20), start=1):
        queue.put_nowait((item, length))
        total += length

    names = ["worker-1", "worker-2", "worker-3"]
    workers = [asyncio.create_task(worker(name, queue), name=name)
               for name in names]

    loop = asyncio.get_running_loop()
    started = loop.time()
    await queue.join()
    took = loop.time() - started

    for task in workers:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    print(f"{total / 100:.2f} s of work took three workers {took:.1f} s")


asyncio.run(main())
