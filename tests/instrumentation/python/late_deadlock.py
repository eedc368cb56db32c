# SPDX-License-Identifier: GPL-3.0-or-later
# Two tasks that wait for each other's locks, one more that waits for the first, one that has taken a lock by hand, a
# semaphore that is used up, and what waits for all of them. Then, and not before, it begins to share: as one does who is
# attached to from outside.
import asyncio
import os
import sys


async def crosses(first, second, ready):
    async with first:
        ready.set()
        await asyncio.sleep(0.01)
        async with second:
            pass


async def waits(lock):
    async with lock:
        pass


async def keeps(lock):
    await lock.acquire()
    await asyncio.Event().wait()


async def uses(semaphore):
    async with semaphore:
        await asyncio.Event().wait()


async def gathers(tasks):
    if sys.version_info < (3, 11):
        await asyncio.gather(*tasks())
    else:
        async with asyncio.TaskGroup() as group:
            tasks(group.create_task)


async def main():
    one, other, kept, semaphore = asyncio.Lock(), asyncio.Lock(), asyncio.Lock(), asyncio.Semaphore(2)
    ready = asyncio.Event()

    def tasks(create=asyncio.ensure_future):
        return [
            create(crosses(one, other, ready)),
            create(crosses(other, one, ready)),
            create(waits(one)),
            create(keeps(kept)),
            create(waits(kept)),
            create(uses(semaphore)),
            create(uses(semaphore)),
            create(uses(semaphore)),
        ]

    together = asyncio.ensure_future(gathers(tasks))
    await asyncio.sleep(0.05)
    import awaitscope

    assert awaitscope.enable("late")
    await asyncio.sleep(0.05)  # its loop tells of its tasks
    os._exit(0)


asyncio.run(main())
