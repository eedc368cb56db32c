# SPDX-License-Identifier: GPL-3.0-or-later
"""Random trees of awaits: tasks, gathers, groups, shields and timeouts in each other, which fail, are cancelled from
above, and swallow it at random. One line for each seed; as in random_walks.py, the generator is asked in the order in
which things happen."""
import asyncio
from twin import say, twin


class Tree:
    def __init__(self, seed):
        self.state, self.log, self.tasks, self.stops = seed, [], [], False

    def pick(self, n):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 8) % n

    def note(self, text):
        self.log.append(text)

    def start(self, name, depth):
        self.tasks.append(asyncio.create_task(self.node(name, depth)))
        return self.tasks[-1]

    async def inner(self, name, depth):
        kind = self.pick(9) if depth else self.pick(2)
        a, b = name + 'a', name + 'b'
        self.note(f'{name}:{kind}')
        if kind == 0:
            await asyncio.sleep(0)
        elif kind == 1:
            await asyncio.sleep(self.pick(3))
            if self.pick(3) == 0:
                raise ValueError(name)
        elif kind == 2:
            first, second = self.start(a, depth - 1), self.start(b, depth - 1)
            await asyncio.gather(first, second)
        elif kind == 3:
            await asyncio.wait_for(self.node(a, depth - 1), self.pick(3))
        elif kind == 4:
            await asyncio.shield(self.start(a, depth - 1))
        elif kind == 5:
            await self.start(a, depth - 1)
        elif kind == 6:
            async with asyncio.TaskGroup() as tg:
                tg.create_task(self.node(a, depth - 1))
                tg.create_task(self.node(b, depth - 1))
        elif kind == 7:
            first, second = self.start(a, depth - 1), self.start(b, depth - 1)
            done, pending = await asyncio.wait([first, second], return_when=asyncio.FIRST_COMPLETED)
            self.note(f'{name}={len(done)}')
        else:
            async with asyncio.timeout(self.pick(3)):
                await self.node(a, depth - 1)

    async def node(self, name, depth):
        try:
            await self.inner(name, depth)
            self.note(name + '.')
        except asyncio.CancelledError:
            self.note(name + '!')
            if self.stops or self.pick(4):
                raise
        except ExceptionGroup as e:
            self.note(f'{name}g{len(e.exceptions)}')
            if self.pick(2):
                raise
        except TimeoutError:
            self.note(name + 't')
            if self.pick(2):
                raise
        except ValueError as e:
            self.note(f'{name}<{e}')
            if self.pick(2):
                raise

    async def run(self, depth):
        root = self.start('r', depth)
        for _ in range(15):
            if root.done():
                break
            if self.pick(3):
                await asyncio.sleep(0)
            else:
                await asyncio.sleep(1)
            if self.pick(5) == 0:
                self.note('~')
                root.cancel()
        self.stops = True
        self.note('|')
        while pending := [task for task in self.tasks if not task.done()]:
            for task in pending:
                task.cancel()
            await asyncio.wait(pending)
        self.note('cancelled' if root.cancelled() else 'failed' if root.exception() else 'ended')
        say(' '.join(self.log))


async def grow(depth, first, count):
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    for seed in range(first, first + count):
        await Tree(seed).run(depth)


@twin(since="3.12", because="wait_for() makes no task since 3.12")
async def shallow():
    await grow(1, 0, 60)


@twin(since="3.12", because="wait_for() makes no task since 3.12")
async def middling():
    await grow(3, 100, 60)


@twin(since="3.12", because="wait_for() makes no task since 3.12")
async def deep():
    await grow(6, 200, 60)
