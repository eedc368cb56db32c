# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import collections
from twin import now, say, turns, twin


@twin
async def rate_limiter():
    class Limiter:
        """A bucket of tokens, filled as time goes by."""
        def __init__(self, size, seconds_a_token):
            self.size, self.pace, self.tokens = size, seconds_a_token, size
            self.waiters = collections.deque()
            self.timer = None

        async def take(self):
            if self.tokens and not self.waiters:
                self.tokens -= 1
                self.refill()
                return
            waiter = asyncio.get_running_loop().create_future()
            self.waiters.append(waiter)
            self.refill()
            try:
                await waiter
            except asyncio.CancelledError:
                if not waiter.cancelled():
                    self.tokens += 1
                raise

        def refill(self):
            if self.timer is None:
                self.timer = asyncio.get_running_loop().call_later(self.pace, self.tick)

        def tick(self):
            self.timer = None
            self.tokens = min(self.size, self.tokens + 1)
            while self.tokens and self.waiters:
                waiter = self.waiters.popleft()
                if not waiter.done():
                    self.tokens -= 1
                    waiter.set_result(None)
            if self.tokens < self.size:
                self.refill()

    limiter = Limiter(3, 2)

    async def client(name, count):
        for n in range(count):
            await limiter.take()
            say(name, n, 'at', now())

    tasks = [asyncio.create_task(client(n, c)) for n, c in (('a', 3), ('b', 2), ('c', 3))]
    await asyncio.sleep(5)
    tasks[2].cancel()
    say(await asyncio.gather(*tasks, return_exceptions=True))
    await asyncio.sleep(7)
    await asyncio.gather(client('d', 2), client('e', 2))


@twin
async def retry_with_backoff():
    calls = 0

    async def unreliable(good_after, seconds):
        nonlocal calls
        calls += 1
        await asyncio.sleep(seconds)
        if calls < good_after:
            raise ConnectionError(f'call {calls}')
        return f'answer of call {calls}'

    async def retry(good_after, seconds=0.5, attempts=5, first=1, limit=2):
        nonlocal calls
        calls = 0
        delay = first
        for attempt in range(attempts):
            try:
                async with asyncio.timeout(limit):
                    return await unreliable(good_after, seconds)
            except TimeoutError as e:
                say('attempt', attempt, e, 'at', now())
            except ConnectionError as e:
                say('attempt', attempt, e, 'at', now())
            if attempt + 1 < attempts:
                await asyncio.sleep(delay)
                delay *= 2
        raise RuntimeError('gave up')

    say(await retry(3), now())
    try:
        await retry(99, attempts=3)
    except RuntimeError as e:
        say(e, now())
    try:
        await retry(1, seconds=3, attempts=2)
    except RuntimeError as e:
        say(e, now())
    try:
        await asyncio.wait_for(retry(99), 4)
    except TimeoutError as e:
        say('all of it:', e, now(), calls)
    task = asyncio.create_task(retry(99))
    await asyncio.sleep(2)
    task.cancel()
    say(await asyncio.gather(task, return_exceptions=True), calls)


@twin
async def publish_and_subscribe():
    topics = collections.defaultdict(list)

    def publish(topic, message):
        say('publish', topic, message, 'to', len(topics[topic]))
        for queue in topics[topic]:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(message)

    async def subscriber(name, topic, pace, count):
        queue = asyncio.Queue(2)
        topics[topic].append(queue)
        try:
            for _ in range(count):
                message = await queue.get()
                say(name, 'got', message, 'at', now())
                await asyncio.sleep(pace)
        finally:
            topics[topic].remove(queue)
            say(name, 'leaves at', now())

    tasks = [asyncio.create_task(subscriber(*a)) for a in (
        ('fast', 'news', 0, 4), ('slow', 'news', 3, 3), ('other', 'sport', 1, 9), ('late', 'sport', 0, 9))]
    await asyncio.sleep(0)
    for n in range(5):
        publish('news', f'n{n}')
        if n % 2:
            publish('sport', f's{n}')
        await asyncio.sleep(1)
    tasks[3].cancel()
    await asyncio.sleep(0)
    publish('sport', 'last')
    done, pending = await asyncio.wait(tasks, timeout=10)
    say(len(done), len(pending), now())
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    say(sum(len(queues) for queues in topics.values()))


@twin
async def connection_pool():
    class Pool:
        def __init__(self, size):
            self.size, self.made = size, 0
            self.free = asyncio.LifoQueue()

        async def take(self):
            if self.free.empty() and self.made < self.size:
                self.made += 1
                number = self.made
                try:
                    await asyncio.sleep(1)
                except asyncio.CancelledError:
                    self.made -= 1
                    raise
                say('connection', number, 'made at', now())
                return number
            return await self.free.get()

        def give(self, number):
            self.free.put_nowait(number)

    pool = Pool(2)

    async def query(name, seconds, limit=None):
        try:
            connection = await asyncio.wait_for(pool.take(), limit)
        except TimeoutError as e:
            say(name, e, 'at', now())
            return
        try:
            say(name, 'uses', connection, 'at', now())
            await asyncio.sleep(seconds)
            if seconds == 3:
                raise ValueError(name)
        finally:
            pool.give(connection)
        say(name, 'done at', now())

    results = await asyncio.gather(
        query('a', 2), query('b', 3), query('c', 1), query('d', 1, 1.5), query('e', 2, 3.5), query('f', 1),
        return_exceptions=True)
    say(results)
    say(pool.made, pool.free.qsize(), now())
    empty = Pool(1)
    task = asyncio.create_task(empty.take())
    await asyncio.sleep(0.5)
    task.cancel()
    await asyncio.wait([task])
    say(empty.made, await empty.take())


@twin
async def single_flight():
    loads = 0
    flights = {}

    async def load(key):
        nonlocal loads
        loads += 1
        await asyncio.sleep(2)
        if key == 'bad':
            raise ValueError(key)
        return f'{key}#{loads}'

    async def cached(key):
        if key not in flights:
            flights[key] = asyncio.create_task(load(key))
            flights[key].add_done_callback(
                lambda task: flights.pop(key) if task.cancelled() or task.exception() else None)
        return await asyncio.shield(flights[key])

    async def client(name, key, delay):
        await asyncio.sleep(delay)
        try:
            say(name, await cached(key), 'at', now())
        except ValueError as e:
            say(name, e, 'at', now())
        except asyncio.CancelledError:
            say(name, 'cancelled at', now())
            raise

    clients = [asyncio.create_task(client(*a)) for a in (
        ('a', 'x', 0), ('b', 'x', 1), ('c', 'y', 1), ('d', 'x', 3), ('e', 'bad', 0), ('f', 'bad', 1),
        ('g', 'bad', 3))]
    await asyncio.sleep(0.5)
    # Whose wish it was goes away; the flight goes on for the others.
    clients[0].cancel()
    await asyncio.wait(clients)
    say('loads', loads, sorted(flights))


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
