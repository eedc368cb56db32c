# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks that do at random what can be done with a primitive, and are cancelled at random: one line for each seed. The
generator is the same on both sides, and is asked in the order in which things happen: one step out of order, and all
that follows differs."""
import asyncio
from twin import say, turns, twin

SEEDS, WORKERS, ROUNDS, TURNS = 25, 5, 6, 30


class Walk:
    def __init__(self, seed):
        self.state, self.log, self.stops = seed, [], False

    def pick(self, n):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 8) % n

    def note(self, who, what):
        self.log.append(f'{who}{what}')

    async def worker(self, n, step):
        for _ in range(ROUNDS):
            try:
                await step(n)
            except asyncio.CancelledError:
                self.note(n, '!')
                if self.stops or self.pick(2):
                    raise
            except asyncio.BrokenBarrierError:
                self.note(n, 'x')
        self.note(n, '.')

    async def run(self, step, act):
        tasks = [asyncio.create_task(self.worker(n, step)) for n in range(WORKERS)]
        for _ in range(TURNS):
            if self.pick(6):
                await asyncio.sleep(0)
            else:
                await asyncio.sleep(1)
            if self.pick(4) == 0:
                n = self.pick(WORKERS)
                self.note('~', n)
                tasks[n].cancel()
            await act()
        self.stops = True
        self.note('|', '')
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        for result in results:
            self.note('c' if isinstance(result, asyncio.CancelledError) else 'd', '')
        say(' '.join(self.log))


async def nothing():
    pass


async def take(walk, n, primitive):
    if walk.pick(3) == 2:
        limit = walk.pick(4)
        try:
            await asyncio.wait_for(primitive.acquire(), limit)
        except TimeoutError:
            walk.note(n, 't')
            return
    else:
        await primitive.acquire()
    walk.note(n, '+')
    try:
        await turns(walk.pick(3))
    finally:
        primitive.release()
        walk.note(n, '-')


@twin(since="3.12", because="wait_for() makes no task since 3.12")
async def lock():
    for seed in range(SEEDS):
        walk, primitive = Walk(seed), asyncio.Lock()
        await walk.run(lambda n: take(walk, n, primitive), nothing)


@twin(since="3.12", because="wait_for() makes no task since 3.12")
async def semaphore():
    for seed in range(SEEDS):
        walk, primitive = Walk(seed), asyncio.BoundedSemaphore(2)
        await walk.run(lambda n: take(walk, n, primitive), nothing)


@twin(since="3.13", because="a cancelled waiter hands the call on since 3.13")
async def condition():
    for seed in range(SEEDS):
        walk, primitive = Walk(seed), asyncio.Condition()

        async def step(n):
            await primitive.acquire()
            walk.note(n, '+')
            try:
                kind = walk.pick(4)
                if kind < 2:
                    await primitive.wait()
                    walk.note(n, 'w')
                elif kind == 2:
                    count = walk.pick(3)
                    primitive.notify(count)
                    walk.note(n, f'n{count}')
                else:
                    primitive.notify_all()
                    walk.note(n, 'N')
                    await asyncio.sleep(0)
            finally:
                primitive.release()
                walk.note(n, '-')

        await walk.run(step, nothing)


@twin
async def event():
    for seed in range(SEEDS):
        walk, primitive = Walk(seed), asyncio.Event()

        async def step(n):
            kind = walk.pick(4)
            if kind < 2:
                await primitive.wait()
                walk.note(n, 'w')
                return
            if kind == 2:
                primitive.set()
                walk.note(n, 's')
            else:
                primitive.clear()
                walk.note(n, 'c')
            await asyncio.sleep(0)

        async def act():
            if walk.pick(5) == 0:
                primitive.set()
                walk.note('s', '')

        await walk.run(step, act)


@twin
async def queue():
    for seed in range(SEEDS):
        walk, primitive = Walk(seed), asyncio.Queue(2)

        async def step(n):
            kind = walk.pick(6)
            if kind < 2:
                await primitive.put(n)
                walk.note(n, 'p')
            elif kind < 4:
                walk.note(n, f'g{await primitive.get()}')
            elif kind == 4:
                try:
                    primitive.put_nowait(n)
                    walk.note(n, 'P')
                except asyncio.QueueFull:
                    walk.note(n, 'F')
                await asyncio.sleep(0)
            else:
                try:
                    walk.note(n, f'G{primitive.get_nowait()}')
                except asyncio.QueueEmpty:
                    walk.note(n, 'E')
                await asyncio.sleep(0)

        async def act():
            if walk.pick(8) == 0 and not primitive.empty():
                walk.note('#', primitive.get_nowait())

        await walk.run(step, act)


@twin(since="3.13", because="a cancelled waiter hands the call on since 3.13")
async def barrier():
    for seed in range(SEEDS):
        walk, primitive = Walk(seed), asyncio.Barrier(3)

        async def step(n):
            index = await primitive.wait()
            walk.note(n, f'i{index}')
            await turns(walk.pick(2))

        async def act():
            kind = walk.pick(20)
            if kind < 2:
                await primitive.reset()
                walk.note('R', primitive.n_waiting)
            elif kind == 2:
                await primitive.abort()
                walk.note('A', primitive.n_waiting)
                await primitive.reset()

        await walk.run(step, act)
