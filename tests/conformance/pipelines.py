# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from twin import caught, now, say, turns, twin


@twin
async def three_stages():
    raw, parsed = asyncio.Queue(2), asyncio.Queue(1)

    async def read():
        for n in range(6):
            await raw.put(n)
            say('read', n, 'waiting', raw.qsize())
        await raw.put(None)

    async def parse():
        while (n := await raw.get()) is not None:
            await asyncio.sleep(1 if n % 2 else 2)
            await parsed.put(n * n)
            say('parsed', n, 'at', now())
        await parsed.put(None)

    async def write():
        total = 0
        while (n := await parsed.get()) is not None:
            await asyncio.sleep(3)
            total += n
            say('wrote', n, 'at', now(), 'behind', raw.qsize(), parsed.qsize())
        return total

    _, _, total = await asyncio.gather(read(), parse(), write())
    say(total, now())


@twin
async def workers_and_pills():
    jobs, results = asyncio.Queue(), asyncio.Queue(3)

    async def worker(name):
        done = 0
        while True:
            job = await jobs.get()
            if job < 0:
                await results.put((name, -done))
                return done
            await asyncio.sleep(job)
            done += 1
            await results.put((name, job))

    async def collector(workers):
        lines = []
        while workers:
            name, value = await results.get()
            lines.append(f'{name}:{value}@{now()}')
            if value <= 0:
                workers -= 1
        return lines

    async with asyncio.TaskGroup() as tg:
        tasks = [tg.create_task(worker(f'w{n}')) for n in range(3)]
        lines = tg.create_task(collector(3))
        for n in (5, 1, 2, 1, 3, 1, 1, 4):
            jobs.put_nowait(n)
        for _ in tasks:
            jobs.put_nowait(-1)
    say(*lines.result())
    say([t.result() for t in tasks], now())


@twin
async def back_pressure():
    queue = asyncio.Queue(3)
    most = 0

    async def producer(name, count):
        nonlocal most
        for n in range(count):
            if queue.full():
                say(name, 'has to wait with', n, 'at', now())
            await queue.put((name, n))
            most = max(most, queue.qsize())

    async def consumer():
        taken = []
        while len(taken) < 9:
            await asyncio.sleep(1)
            name, n = await queue.get()
            taken.append(name + str(n))
            queue.task_done()
        return taken

    taken, *_ = await asyncio.gather(consumer(), producer('a', 4), producer('b', 3), producer('c', 2))
    say(*taken)
    await queue.join()
    say('at most', most, 'end', now())


@twin
async def a_stage_is_cancelled():
    source, sink = asyncio.Queue(1), asyncio.Queue(1)
    log = []

    async def produce():
        try:
            for n in range(100):
                await source.put(n)
        finally:
            log.append('produce ends')

    async def transform(name):
        try:
            while True:
                n = await source.get()
                await asyncio.sleep(1)
                await sink.put(n * 10)
        except asyncio.CancelledError:
            log.append(f'{name} cancelled')
            raise
        finally:
            log.append(f'{name} ends')

    async def consume():
        got = []
        try:
            while True:
                got.append(await sink.get())
        finally:
            log.append(f'consume ends with {len(got)}')
            say('got', got)

    tasks = {}
    try:
        async with asyncio.TaskGroup() as tg:
            tasks['produce'] = tg.create_task(produce())
            tasks['one'] = tg.create_task(transform('one'))
            tasks['two'] = tg.create_task(transform('two'))
            tasks['consume'] = tg.create_task(consume())
            await asyncio.sleep(2.5)
            # One of two is gone: the pipeline goes on at half the speed.
            tasks['one'].cancel()
            await asyncio.sleep(3)
            say('at', now(), source.qsize(), sink.qsize())
            raise RuntimeError('enough')
    except* RuntimeError:
        say(caught(), list(caught().exceptions))
    say(*(f'{name} {task.cancelled()}' for name, task in tasks.items()))
    say(sorted(log))


@twin
async def failing_stage():
    queue = asyncio.Queue(2)

    async def produce(name):
        n = 0
        try:
            while True:
                await queue.put(f'{name}{n}')
                n += 1
        except asyncio.CancelledError:
            say(name, 'stopped after', n)
            raise

    async def consume():
        for _ in range(5):
            await asyncio.sleep(1)
            say('consumed', await queue.get())
        raise ValueError('cannot digest ' + await queue.get())

    async def watch():
        try:
            await asyncio.Event().wait()
        finally:
            say('watcher leaves at', now(), queue.qsize())

    try:
        async with asyncio.timeout(60):
            async with asyncio.TaskGroup() as tg:
                for name in 'ab':
                    tg.create_task(produce(name))
                tg.create_task(consume())
                tg.create_task(watch())
    except* ValueError:
        say(list(caught().exceptions), now())
    say('left', [queue.get_nowait() for _ in range(queue.qsize())])


@twin
async def timed_stage():
    queue = asyncio.Queue()
    dropped = []

    async def slow(n):
        await asyncio.sleep(n)
        return n

    async def stage():
        kept = []
        while True:
            n = await queue.get()
            if n is None:
                return kept
            try:
                kept.append(await asyncio.wait_for(slow(n), 2.5))
            except TimeoutError:
                dropped.append(n)
            finally:
                queue.task_done()

    for n in (1, 4, 2, 3, 2, 5):
        queue.put_nowait(n)
    task = asyncio.create_task(stage())
    try:
        await asyncio.wait_for(queue.join(), 8)
    except TimeoutError as e:
        say(e, 'at', now(), queue.qsize(), dropped)
    await queue.join()
    queue.put_nowait(None)
    say(await task, dropped, now())


@twin
async def fan_out_and_in():
    inputs = [asyncio.Queue(1) for _ in range(3)]
    merged = asyncio.Queue()

    async def split():
        for n in range(9):
            await inputs[n % 3].put(n)
        for queue in inputs:
            await queue.put(None)

    async def branch(index):
        while (n := await inputs[index].get()) is not None:
            await asyncio.sleep(index)
            await merged.put((now(), index, n))
        await merged.put(None)

    async def merge():
        open_, seen = 3, []
        while open_:
            item = await merged.get()
            if item is None:
                open_ -= 1
                say('a branch has ended at', now())
            else:
                seen.append('{}:{}={}'.format(*item))
        return seen

    _, *_, seen = await asyncio.gather(split(), *[branch(n) for n in range(3)], merge())
    say(*seen)
    await turns(1)


@twin
async def ordered_results():
    # As many at once as there are slots; results leave in the order in which the work came.
    slots = asyncio.Semaphore(3)
    order = asyncio.Queue()

    async def work(n):
        try:
            await asyncio.sleep((7 * n) % 5)
            if n == 6:
                raise ValueError(f'item {n}')
            say('worked', n, 'at', now())
            return n
        finally:
            slots.release()

    async def feed():
        for n in range(9):
            await slots.acquire()
            await order.put(asyncio.create_task(work(n)))
        await order.put(None)

    feeder = asyncio.create_task(feed())
    while (task := await order.get()) is not None:
        try:
            say('result', await task, 'at', now())
        except ValueError as e:
            say(e, 'at', now())
    await feeder
    say(slots.locked())
