# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import collections
from twin import now, say, turns, twin


@twin
async def supervisor():
    async def child(name, fails_at, rounds):
        for n in range(rounds):
            await asyncio.sleep(1)
            if n == fails_at:
                raise RuntimeError(f'{name} broke')
        return f'{name} is done'

    async def supervise(name, fails_at, rounds, limit):
        starts = 0
        while True:
            starts += 1
            task = asyncio.create_task(child(name, fails_at, rounds), name=f'{name}-{starts}')
            try:
                say(await task, 'at', now(), 'starts', starts)
                return starts
            except RuntimeError as e:
                say(task.get_name(), e, 'at', now())
                if starts == limit:
                    raise ExceptionGroup(name, [e])
                fails_at += 2
            except asyncio.CancelledError:
                say(name, 'supervisor cancelled, child', task.cancelled())
                raise

    try:
        async with asyncio.TaskGroup() as tg:
            good = tg.create_task(supervise('good', -1, 3, 1))
            flaky = tg.create_task(supervise('flaky', 0, 4, 5))
            hopeless = tg.create_task(supervise('hopeless', 0, 100, 3))
            endless = tg.create_task(supervise('endless', -1, 1000, 1))
    except* RuntimeError as group:
        say(group, [list(e.exceptions) for e in group.exceptions], now())
    say(good.result(), flaky.result(), hopeless.done(), endless.cancelled())


@twin
async def map_reduce():
    texts = ['b a b', 'c', 'a a', '', 'c b a', 'boom', 'd']
    slots = asyncio.Semaphore(2)

    async def count(index, text):
        async with slots:
            await asyncio.sleep(len(text))
            if text == 'boom':
                raise ValueError(f'text {index}')
            say('counted', index, 'at', now())
            return collections.Counter(text.split())

    tasks = [asyncio.create_task(count(*each)) for each in enumerate(texts)]
    total = collections.Counter()
    failed = []
    for next_done in asyncio.as_completed(tasks):
        try:
            total += await next_done
        except ValueError as e:
            failed.append(e)
            say('failed', e, 'at', now())
    say(*(f'{word}={total[word]}' for word in sorted(total)))
    say(failed, slots.locked(), now())


@twin
async def dining_philosophers():
    count = 5
    forks = [asyncio.Lock() for _ in range(count)]
    room = asyncio.Semaphore(count - 1)
    meals = [0] * count

    async def philosopher(n):
        for _ in range(2):
            await asyncio.sleep(n % 2)
            async with room:
                async with forks[n]:
                    await asyncio.sleep(0)
                    async with forks[(n + 1) % count]:
                        say('philosopher', n, 'eats at', now())
                        await asyncio.sleep(1 + n % 3)
                        meals[n] += 1

    await asyncio.gather(*[philosopher(n) for n in range(count)])
    say(meals, now(), [f.locked() for f in forks], room.locked())


@twin
async def debounce_and_throttle():
    loop = asyncio.get_running_loop()
    seen = []

    class Debounce:
        def __init__(self, delay, call):
            self.delay, self.call, self.timer = delay, call, None

        def __call__(self, value):
            if self.timer:
                self.timer.cancel()
            self.timer = loop.call_later(self.delay, self.call, value)

    class Throttle:
        def __init__(self, period, call):
            self.period, self.call, self.next, self.waiting = period, call, loop.time(), None

        def __call__(self, value):
            if self.waiting:
                self.waiting.cancel()
            if loop.time() >= self.next:
                self.fire(value)
            else:
                self.waiting = loop.call_at(self.next, self.fire, value)

        def fire(self, value):
            self.waiting, self.next = None, loop.time() + self.period
            self.call(value)

    debounced = Debounce(2, lambda v: seen.append(f'd{v}@{now()}'))
    throttled = Throttle(3, lambda v: seen.append(f't{v}@{now()}'))
    for n, pause in enumerate((1, 1, 3, 1, 1, 1, 1, 4, 0.5, 9)):
        debounced(n)
        throttled(n)
        await asyncio.sleep(pause)
    say(*seen)
    say(now())


@twin
async def fallback_race():
    log = []

    async def source(name, delay, fails):
        try:
            await asyncio.sleep(delay)
        except asyncio.CancelledError:
            log.append(f'{name} cancelled at {now()}')
            raise
        if fails:
            raise OSError(name)
        return f'{name} answered'

    async def race(*sources, stagger=1):
        """Starts one after the other; the first good answer wins, and a failure starts the next at once."""
        tasks, errors = [], []
        waiting = list(sources)
        try:
            while True:
                if waiting:
                    tasks.append(asyncio.create_task(source(*waiting.pop(0))))
                running = [t for t in tasks if not t.done()]
                if not running:
                    raise ExceptionGroup('all failed', errors)
                await asyncio.wait(running, timeout=stagger if waiting else None,
                                   return_when=asyncio.FIRST_COMPLETED)
                for task in [t for t in running if t.done()]:
                    if task.exception() is None:
                        return task.result()
                    errors.append(task.exception())
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    say(await race(('a', 5, False), ('b', 2, False), ('c', 9, False)), now(), log)
    log.clear()
    say(await race(('a', 0.5, True), ('b', 3, False), ('c', 1, False)), now(), log)
    log.clear()
    try:
        await race(('a', 1, True), ('b', 0, True), ('c', 3, True))
    except ExceptionGroup as group:
        say(group, list(group.exceptions), now(), log)
    task = asyncio.create_task(race(('a', 5, False), ('b', 5, False)))
    await asyncio.sleep(2)
    task.cancel()
    say(await asyncio.gather(task, return_exceptions=True), log)
    await turns(1)
