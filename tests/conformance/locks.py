# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from twin import say, twin


@twin
async def fifo():
    lock = asyncio.Lock()
    say('new', lock.locked())

    async def worker(name, turns):
        for turn in range(turns):
            async with lock:
                say(name, 'has it, turn', turn)
                await asyncio.sleep(0)
            say(name, 'gave it up, locked', lock.locked())

    tasks = [asyncio.create_task(worker(n, t)) for n, t in (('a', 3), ('b', 2), ('c', 1), ('d', 2))]
    await asyncio.sleep(0)
    say('main sees', lock.locked())
    say('acquire gives', await lock.acquire())
    say('main has it')
    lock.release()
    await asyncio.gather(*tasks)
    say('end', lock.locked())


@twin
async def no_barging():
    lock = asyncio.Lock()
    await lock.acquire()

    async def waiter(name):
        async with lock:
            say(name, 'in')
        say(name, 'out')

    async def barger(name):
        say(name, 'comes, locked', lock.locked())
        async with lock:
            say(name, 'in')

    first = asyncio.create_task(waiter('first'))
    second = asyncio.create_task(waiter('second'))
    await asyncio.sleep(0)
    lock.release()
    # Free, but promised: who comes now stands at the end.
    say('released', lock.locked())
    late = asyncio.create_task(barger('late'))
    await lock.acquire()
    say('main again', first.done(), second.done(), late.done())
    lock.release()
    await asyncio.gather(first, second, late)
    await lock.acquire()
    lock.release()
    await lock.acquire()
    say('alone', lock.locked())


@twin
async def cancelled_at_each_moment():
    async def waiter(name, lock):
        try:
            await lock.acquire()
        except asyncio.CancelledError:
            say(name, 'cancelled, locked', lock.locked())
            raise
        say(name, 'has it')
        try:
            await asyncio.sleep(0)
        finally:
            say(name, 'lets go')
            lock.release()

    for moment in range(6):
        say('moment', moment)
        lock = asyncio.Lock()
        await lock.acquire()
        tasks = [asyncio.create_task(waiter(n, lock)) for n in 'abc']
        turns = 0
        if moment == 0:
            say('before it starts', tasks[0].cancel())
        await asyncio.sleep(0)
        if moment == 1:
            say('while it waits', tasks[0].cancel())
            await asyncio.sleep(0)
        if moment == 2:
            say('before the release', tasks[0].cancel())
        lock.release()
        if moment == 3:
            say('after the release', tasks[0].cancel())
        if moment == 4:
            await asyncio.sleep(0)
            say('while it has it', tasks[0].cancel())
        if moment == 5:
            say('all', [t.cancel() for t in tasks])
        results = await asyncio.gather(*tasks, return_exceptions=True)
        say(results, lock.locked(), [t.cancelling() for t in tasks])


@twin
async def release_errors():
    lock = asyncio.Lock()
    try:
        lock.release()
    except RuntimeError as e:
        say(e)
    async with lock:
        pass
    try:
        lock.release()
    except RuntimeError as e:
        say(e)

    async def waiter():
        await lock.acquire()
        say('waiter has it')
        return lock.locked()

    await lock.acquire()
    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    lock.release()
    try:
        lock.release()
    except RuntimeError as e:
        say('between', e)
    say('waiter', await task)
    # Not owned: another task may release.
    lock.release()
    say(lock.locked())
    try:
        async with lock:
            lock.release()
    except RuntimeError as e:
        say('twice', e, lock.locked())


@twin
async def errors_inside():
    lock = asyncio.Lock()

    async def fails(name, exc):
        async with lock:
            say(name, 'in', lock.locked())
            await asyncio.sleep(0)
            raise exc

    async def quiet(name):
        async with lock:
            say(name, 'in')
            return name

    results = await asyncio.gather(
        fails('a', ValueError('from a')), quiet('b'), fails('c', RuntimeError('from c')), quiet('d'),
        return_exceptions=True)
    for r in results:
        say(r)
    say(lock.locked())
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fails('e', ValueError('from e')))
            tg.create_task(quiet('f'))
            tg.create_task(quiet('g'))
    except ExceptionGroup as group:
        say(group, list(group.exceptions))
    say(lock.locked())


@twin(since="3.12", because="wait_for() makes no task since 3.12")
async def timeouts():
    lock = asyncio.Lock()
    await lock.acquire()

    async def attempt(name, limit):
        try:
            await asyncio.wait_for(lock.acquire(), limit)
            say(name, 'got it')
            lock.release()
        except TimeoutError as e:
            say(name, e, lock.locked())

    a = asyncio.create_task(attempt('a', 0.01))
    b = asyncio.create_task(attempt('b', 0.03))
    c = asyncio.create_task(attempt('c', None))
    d = asyncio.create_task(attempt('d', 0))
    await asyncio.sleep(0.02)
    say('one has given up')
    lock.release()
    await asyncio.gather(a, b, c, d)
    say(lock.locked())
    await attempt('e', 0)
    await attempt('f', -1)
    await attempt('g', 0.01)
    async with lock:
        try:
            async with asyncio.timeout(0.01) as limit:
                await lock.acquire()
        except TimeoutError as e:
            say(e, limit.expired(), lock.locked())
    say(lock.locked())


@twin
async def passing_cancelled_waiters():
    lock = asyncio.Lock()
    await lock.acquire()

    async def waiter(name):
        async with lock:
            say(name, 'in')
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(waiter(n)) for n in 'abc']
    await asyncio.sleep(0)
    lock.release()
    for t in tasks:
        t.cancel()
    # a was woken, so it stands in the way until it has run.
    try:
        await asyncio.wait_for(lock.acquire(), 1)
        say('main got it', [t.done() for t in tasks])
    finally:
        lock.release()
    tasks = [asyncio.create_task(waiter(n)) for n in 'def']
    await lock.acquire()
    await asyncio.sleep(0)
    for t in tasks:
        t.cancel()
    lock.release()
    # All that wait are cancelled: they may be passed by.
    await lock.acquire()
    say('main got it', [t.done() for t in tasks])
    tasks.append(asyncio.create_task(waiter('g')))
    await asyncio.sleep(0)
    say([t.cancelled() for t in tasks])
    lock.release()
    await tasks[3]
    say([t.cancelled() for t in tasks], lock.locked())


@twin
async def cancel_in_both_orders():
    async def waiter(name, lock):
        try:
            async with lock:
                say(name, 'in')
        except asyncio.CancelledError:
            say(name, 'cancelled')
            try:
                async with lock:
                    say(name, 'in after all')
            finally:
                say(name, 'end')

    for release_first in (True, False):
        lock = asyncio.Lock()
        await lock.acquire()
        tasks = [asyncio.create_task(waiter(n, lock)) for n in 'abcd']
        await asyncio.sleep(0)
        if release_first:
            lock.release()
            tasks[0].cancel('why')
            tasks[1].cancel()
        else:
            tasks[0].cancel('why')
            tasks[1].cancel()
            lock.release()
        say('released first' if release_first else 'cancelled first', lock.locked())
        await asyncio.sleep(0)
        say('one turn later', lock.locked(), [t.done() for t in tasks])
        await asyncio.gather(*tasks)
        say('end', lock.locked())


@twin
async def two_locks():
    left, right = asyncio.Lock(), asyncio.Lock()

    async def worker(name, first, second):
        async with first:
            say(name, 'has one')
            await asyncio.sleep(0)
            try:
                async with asyncio.timeout(0.01 if name == 'a' else 0.05):
                    async with second:
                        say(name, 'has both')
            except TimeoutError:
                say(name, 'gives way', left.locked(), right.locked())
        say(name, 'end')

    a = asyncio.create_task(worker('a', left, right))
    b = asyncio.create_task(worker('b', right, left))
    await asyncio.wait([a, b])
    say(left.locked(), right.locked())
    async with left, right:
        say('both', left.locked(), right.locked())
        try:
            await asyncio.wait_for(asyncio.gather(left.acquire(), right.acquire()), 0.01)
        except TimeoutError as e:
            say(e)
    say('none', left.locked(), right.locked())
