# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import collections
from twin import now, say, twin


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
