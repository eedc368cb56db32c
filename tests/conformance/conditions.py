# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from twin import say, turns, twin


@twin
async def notify_in_order():
    condition = asyncio.Condition()

    async def waiter(name):
        async with condition:
            say(name, 'waits')
            say(name, 'woke', await condition.wait(), condition.locked())

    tasks = [asyncio.create_task(waiter(n)) for n in 'abcdef']
    await asyncio.sleep(0)
    for n in (1, 2, 0, 99):
        async with condition:
            condition.notify(n)
            say('notified', n, condition.locked())
            await asyncio.sleep(0)
            say('still held', [t.done() for t in tasks])
        await turns(4)
        say('after', n, [t.done() for t in tasks])
    await asyncio.gather(*tasks)
    async with condition:
        condition.notify_all()
    say(condition.locked())


@twin
async def errors_without_the_lock():
    condition = asyncio.Condition()
    try:
        await condition.wait()
    except RuntimeError as e:
        say(e)
    try:
        condition.notify()
    except RuntimeError as e:
        say(e)
    try:
        condition.notify_all()
    except RuntimeError as e:
        say(e)
    try:
        condition.release()
    except RuntimeError as e:
        say(e)
    try:
        await condition.wait_for(lambda: False)
    except RuntimeError as e:
        say(e)
    # True already: the lock is not asked for.
    say(await condition.wait_for(lambda: 'yes'))

    def fails():
        raise ValueError('from the predicate')

    async with condition:
        try:
            await condition.wait_for(fails)
        except ValueError as e:
            say(e, condition.locked())
    say(condition.locked())


@twin
async def waiting_for_a_value():
    condition = asyncio.Condition()
    value = 0
    asked = 0

    async def waiter(name, wanted):
        def reached():
            nonlocal asked
            asked += 1
            return value >= wanted and value
        async with condition:
            result = await condition.wait_for(reached)
            say(name, 'has', result, 'of', wanted)

    tasks = [asyncio.create_task(waiter(n, w)) for n, w in (('a', 3), ('b', 1), ('c', 2), ('d', 3))]
    await asyncio.sleep(0)
    for value in (1, 2, 3):
        async with condition:
            say('value', value)
            condition.notify_all()
        await turns(5)
    await asyncio.gather(*tasks)
    say('asked', asked)


@twin(since="3.13", because="a cancelled waiter hands the call on since 3.13")
async def cancelled_while_waiting():
    condition = asyncio.Condition()

    async def waiter(name):
        async with condition:
            try:
                await condition.wait()
                say(name, 'woke')
            except asyncio.CancelledError as e:
                say(name, 'cancelled', e, 'with the lock', condition.locked())
                raise

    tasks = [asyncio.create_task(waiter(n)) for n in 'abcd']
    await asyncio.sleep(0)
    tasks[1].cancel('go')
    await asyncio.sleep(0)
    say([t.done() for t in tasks])
    async with condition:
        # a is told, and cancelled before it has run: the call must not be lost.
        condition.notify()
        tasks[0].cancel()
        say('notified one')
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    say([t.done() for t in tasks])
    await turns(3)
    say([t.done() for t in tasks])
    async with condition:
        condition.notify_all()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    say(results)
    say(condition.locked())


@twin(since="3.13", because="a cancelled waiter hands the call on since 3.13")
async def cancelled_while_reacquiring():
    condition = asyncio.Condition()

    async def waiter(name):
        async with condition:
            try:
                await condition.wait()
                say(name, 'woke')
            except asyncio.CancelledError as e:
                say(name, 'cancelled', e, condition.locked())
                raise

    a = asyncio.create_task(waiter('a'))
    b = asyncio.create_task(waiter('b'))
    await asyncio.sleep(0)
    await condition.acquire()
    condition.notify(1)
    await asyncio.sleep(0)
    for n in range(3):
        say('cancel', n, a.cancel(f'number {n}'), a.cancelling())
        await asyncio.sleep(0)
        say('still there', not a.done(), condition.locked())
    condition.release()
    say((await asyncio.gather(a, return_exceptions=True))[0])
    # b got the call that a could not take.
    await asyncio.wait_for(b, 1)
    say(a.cancelled(), b.done(), condition.locked())


@twin
async def one_lock_for_two():
    lock = asyncio.Lock()
    not_empty = asyncio.Condition(lock)
    not_full = asyncio.Condition(lock)
    items = []

    async def producer(name, count):
        for n in range(count):
            async with not_full:
                await not_full.wait_for(lambda: len(items) < 2)
                items.append(f'{name}{n}')
                say('put', items[-1], len(items))
                not_empty.notify()

    async def consumer(name, count):
        for _ in range(count):
            async with lock:
                while not items:
                    say(name, 'waits')
                    await not_empty.wait()
                say(name, 'got', items.pop(0))
                not_full.notify()
            await asyncio.sleep(0)

    await asyncio.gather(consumer('x', 4), producer('p', 5), consumer('y', 3), producer('q', 2))
    say(len(items), lock.locked(), not_empty.locked(), not_full.locked())
    async with not_full:
        say(not_empty.locked())
        not_empty.notify_all()


@twin
async def timeouts():
    condition = asyncio.Condition()
    ready = False

    async def waiter(name, limit):
        async with condition:
            try:
                await asyncio.wait_for(condition.wait_for(lambda: ready), limit)
                say(name, 'ready')
            except TimeoutError as e:
                say(name, e, condition.locked())
        say(name, 'end')

    tasks = [asyncio.create_task(waiter(n, t)) for n, t in (('a', 0.01), ('b', 0.05), ('c', 0.01), ('d', None))]
    await asyncio.sleep(0.03)
    async with condition:
        condition.notify_all()
        say('for nothing')
    await asyncio.sleep(0)
    async with condition:
        ready = True
        condition.notify_all()
        # Held longer than b's limit: who must have the lock cannot give up.
        await asyncio.sleep(0.04)
        say('held', [t.done() for t in tasks])
    await asyncio.gather(*tasks)


@twin
async def notified_and_new():
    condition = asyncio.Condition()
    log = []

    async def waiter(name):
        async with condition:
            log.append(name + '+')
            await condition.wait()
            log.append(name + '-')
            if name == 'a':
                say('a waits again', ' '.join(log))
                condition.notify(2)
                await condition.wait()
                log.append('a=')

    tasks = [asyncio.create_task(waiter(n)) for n in 'abc']
    await asyncio.sleep(0)
    async with condition:
        condition.notify(1)
        tasks.append(asyncio.create_task(waiter('d')))
        await asyncio.sleep(0)
        say(' '.join(log))
    await turns(6)
    say(' '.join(log), [t.done() for t in tasks])
    async with condition:
        condition.notify(99)
    await asyncio.gather(*tasks)
    say(' '.join(log))


@twin
async def group_on_a_condition():
    condition = asyncio.Condition()

    async def waiter(name):
        try:
            async with condition:
                await condition.wait()
                say(name, 'woke')
                if name == 'b':
                    raise ValueError(name)
        finally:
            say(name, 'leaves, locked', condition.locked())

    try:
        async with asyncio.TaskGroup() as tg:
            for n in 'abc':
                tg.create_task(waiter(n))
            await asyncio.sleep(0)
            async with condition:
                condition.notify(2)
    except* ValueError as group:
        say(group, list(group.exceptions))
    say(condition.locked())
