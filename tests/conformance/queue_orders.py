# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from twin import say, twin


@twin
async def lifo():
    queue = asyncio.LifoQueue(3)

    async def producer():
        for n in range(7):
            await queue.put(n)
            say('put', n, queue.qsize(), queue.full())
        return 'all in'

    task = asyncio.create_task(producer())
    await asyncio.sleep(0)
    got = []
    for _ in range(7):
        got.append(await queue.get())
        await asyncio.sleep(0)
        queue.task_done()
    say(got, await task)
    await queue.join()
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty as e:
        say(e)
    queue.put_nowait(1)
    queue.put_nowait(2)
    say(queue.get_nowait(), queue.get_nowait(), queue.empty())


class Job:
    """Ordered by its priority alone, so that there are ties."""
    def __init__(self, priority, name):
        self.priority, self.name = priority, name

    def __lt__(self, other):
        return self.priority < other.priority


class Reversed(Job):
    def __lt__(self, other):
        return self.priority > other.priority


@twin
async def priorities():
    queue = asyncio.PriorityQueue()
    for n in (5, 1, 4, 1, 3, 9, 2, 6):
        queue.put_nowait(n)
    say([queue.get_nowait() for _ in range(queue.qsize())])
    pairs = asyncio.PriorityQueue(3)

    async def producer():
        for pair in ((2, 'b'), (1, 'z'), (2, 'a'), (0, 'late'), (3, 'c')):
            await pairs.put(pair)
            say('put', pair)

    task = asyncio.create_task(producer())
    await asyncio.sleep(0)
    for _ in range(5):
        say('got', await pairs.get())
    await task
    # Ties leave in the order of the heap's moves, the same in every implementation of it.
    for kind in (Job, Reversed):
        jobs = asyncio.PriorityQueue()
        for n in range(20):
            jobs.put_nowait(kind(n * 7 % 4, f'j{n}'))
        names = []
        while not jobs.empty():
            names.append(jobs.get_nowait().name)
            if len(names) == 6:
                jobs.put_nowait(kind(1, 'x'))
                jobs.put_nowait(kind(2, 'y'))
        say(*names)
