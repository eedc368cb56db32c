# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from twin import caught, now, say, turns, twin


@twin
async def counting():
    semaphore = asyncio.Semaphore(2)

    async def worker(name):
        say(name, 'asks, locked', semaphore.locked())
        async with semaphore:
            say(name, 'in, locked', semaphore.locked())
            await asyncio.sleep(1)
            say(name, 'out at', now())
        say(name, 'end, locked', semaphore.locked())

    await asyncio.gather(*[worker(n) for n in 'abcde'])
    say(semaphore.locked(), now())
    say(await semaphore.acquire(), semaphore.locked())
    say(await semaphore.acquire(), semaphore.locked())
    semaphore.release()
    semaphore.release()
    say(semaphore.locked())


@twin
async def errors():
    for make in (asyncio.Semaphore, asyncio.BoundedSemaphore):
        try:
            make(-1)
        except ValueError as e:
            say(e)
    bounded = asyncio.BoundedSemaphore(2)
    try:
        bounded.release()
    except ValueError as e:
        say(e, bounded.locked())
    async with bounded:
        await bounded.acquire()
        bounded.release()
        say('inside', bounded.locked())
    try:
        bounded.release()
    except ValueError as e:
        say(e)
    try:
        async with bounded:
            bounded.release()
            say('the end releases once more')
    except ValueError as e:
        say(e)
    plain = asyncio.Semaphore(0)
    say('zero', plain.locked())
    plain.release()
    plain.release()
    say('grown', plain.locked(), await plain.acquire(), await plain.acquire(), plain.locked())
    default = asyncio.Semaphore()
    say(await default.acquire(), default.locked())


@twin
async def fairness():
    semaphore = asyncio.Semaphore(1)
    order = []

    async def worker(name, rounds):
        for n in range(rounds):
            await semaphore.acquire()
            order.append(f'{name}{n}')
            semaphore.release()

    await asyncio.gather(worker('a', 3), worker('b', 2), worker('c', 1))
    say(*order)
    order.clear()
    await semaphore.acquire()
    tasks = [asyncio.create_task(worker(n, 2)) for n in 'xyz']
    await asyncio.sleep(0)
    semaphore.release()
    # The token is x's already, although x has not run.
    say('released, locked', semaphore.locked())
    late = asyncio.create_task(worker('late', 1))
    await asyncio.gather(*tasks, late)
    say(*order)
    say(semaphore.locked())


@twin
async def releases_in_a_row():
    semaphore = asyncio.Semaphore(0)

    async def waiter(name):
        await semaphore.acquire()
        say(name, 'got it, locked', semaphore.locked())

    tasks = [asyncio.create_task(waiter(n)) for n in 'abcde']
    await asyncio.sleep(0)
    for n in range(3):
        semaphore.release()
        say('release', n, semaphore.locked())
    await asyncio.sleep(0)
    say([t.done() for t in tasks])
    semaphore.release()
    tasks[3].cancel()
    semaphore.release()
    semaphore.release()
    await asyncio.sleep(0)
    say([t.done() for t in tasks], [t.cancelled() for t in tasks])
    tasks.append(asyncio.create_task(waiter('f')))
    await turns(2)
    say([t.done() for t in tasks], semaphore.locked())


@twin
async def cancelled_at_each_moment():
    async def waiter(name, semaphore):
        try:
            await semaphore.acquire()
        except asyncio.CancelledError:
            say(name, 'cancelled, locked', semaphore.locked())
            raise
        say(name, 'got it, locked', semaphore.locked())

    for moment in range(7):
        semaphore = asyncio.Semaphore(0)
        tasks = [asyncio.create_task(waiter(n, semaphore)) for n in 'abc']
        say('moment', moment)
        if moment == 0:
            tasks[0].cancel()
        await asyncio.sleep(0)
        if moment == 1:
            tasks[0].cancel()
            semaphore.release()
        elif moment == 2:
            semaphore.release()
            tasks[0].cancel()
        elif moment == 3:
            semaphore.release()
            semaphore.release()
            tasks[0].cancel()
            tasks[1].cancel()
        elif moment == 4:
            semaphore.release()
            tasks[1].cancel()
        elif moment == 5:
            semaphore.release()
            for t in tasks:
                t.cancel()
        else:
            semaphore.release()
        say('locked', semaphore.locked())
        await asyncio.sleep(0)
        if moment == 6:
            tasks[0].cancel()
        await turns(2)
        say([t.done() for t in tasks], 'locked', semaphore.locked())
        for _ in range(3):
            semaphore.release()
        say(await asyncio.gather(*tasks, return_exceptions=True))
        say('locked', semaphore.locked())


@twin(since="3.12", because="wait_for() makes no task since 3.12")
async def timeouts():
    semaphore = asyncio.BoundedSemaphore(1)

    async def attempt(name, limit, hold):
        try:
            await asyncio.wait_for(semaphore.acquire(), limit)
        except TimeoutError as e:
            say(name, e, 'at', now())
            return
        say(name, 'got it at', now())
        await asyncio.sleep(hold)
        semaphore.release()

    await asyncio.gather(attempt('a', 1, 3), attempt('b', 1, 1), attempt('c', 3.5, 1), attempt('d', None, 1),
                         attempt('e', 3, 1), attempt('f', 0, 1))
    say(semaphore.locked(), now())
    await attempt('g', 0, 0)
    try:
        async with asyncio.timeout(2):
            async with semaphore:
                await attempt('h', 1, 0)
                await asyncio.sleep(5)
    except TimeoutError as e:
        say(e, semaphore.locked(), now())


@twin
async def shared_by_a_group():
    semaphore = asyncio.Semaphore(2)
    inside = 0
    most = 0

    async def job(n):
        nonlocal inside, most
        async with semaphore:
            inside += 1
            most = max(most, inside)
            try:
                await asyncio.sleep(n % 3)
                if n == 6:
                    raise ValueError(f'job {n}')
                say('job', n, 'done at', now())
            finally:
                inside -= 1

    try:
        async with asyncio.TaskGroup() as tg:
            tasks = [tg.create_task(job(n)) for n in range(10)]
    except* ValueError:
        say(list(caught().exceptions))
    say([t.cancelled() for t in tasks])
    say('most', most, 'inside', inside, semaphore.locked())
    async with semaphore, semaphore:
        say(semaphore.locked())


@twin
async def reader_and_writer():
    slots, filled = asyncio.Semaphore(3), asyncio.Semaphore(0)
    buffer = []

    async def writer(name, count):
        for n in range(count):
            await slots.acquire()
            buffer.append(f'{name}{n}')
            say('wrote', buffer[-1], 'of', len(buffer), slots.locked(), filled.locked())
            filled.release()

    async def reader(name, count):
        for _ in range(count):
            await filled.acquire()
            say(name, 'read', buffer.pop(0), slots.locked(), filled.locked())
            slots.release()
            await asyncio.sleep(0)

    await asyncio.gather(reader('x', 5), writer('p', 6), writer('q', 4), reader('y', 5))
    say(buffer, slots.locked(), filled.locked())
