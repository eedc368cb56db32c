# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from twin import now, say, turns, twin


@twin
async def set_and_clear():
    event = asyncio.Event()

    async def waiter(name):
        say(name, 'got', await event.wait(), 'set', event.is_set())

    say(event.is_set())
    tasks = [asyncio.create_task(waiter(n)) for n in 'abc']
    await asyncio.sleep(0)
    event.set()
    event.clear()
    say('set and cleared', event.is_set(), [t.done() for t in tasks])
    tasks.append(asyncio.create_task(waiter('d')))
    await asyncio.sleep(0)
    say([t.done() for t in tasks])
    event.set()
    event.set()
    tasks.append(asyncio.create_task(waiter('e')))
    event.clear()
    event.clear()
    await turns(2)
    say([t.done() for t in tasks])
    event.set()
    await asyncio.gather(*tasks)
    say(await event.wait(), 'no turn needed')


@twin
async def cancelled_waiters():
    event = asyncio.Event()

    async def waiter(name):
        try:
            say(name, await event.wait())
        except asyncio.CancelledError as e:
            say(name, e, event.is_set())
            if name == 'b':
                say(name, 'again', await event.wait())
                return
            raise

    tasks = [asyncio.create_task(waiter(n)) for n in 'abcde']
    tasks[0].cancel('before')
    await asyncio.sleep(0)
    tasks[1].cancel('while waiting')
    await asyncio.sleep(0)
    event.set()
    tasks[2].cancel('when woken')
    event.clear()
    say([t.done() for t in tasks])
    await asyncio.sleep(0)
    say([t.done() for t in tasks])
    tasks[3].cancel('too late')
    event.set()
    say(await asyncio.gather(*tasks, return_exceptions=True))
    say([t.cancelled() for t in tasks], [t.cancelling() for t in tasks])


@twin(since="3.12", because="wait_for() makes no task since 3.12")
async def with_timeouts():
    event = asyncio.Event()

    async def waiter(name, limit):
        try:
            say(name, await asyncio.wait_for(event.wait(), limit), 'at', now())
        except TimeoutError as e:
            say(name, e, 'at', now(), event.is_set())

    tasks = [asyncio.create_task(waiter(n, t)) for n, t in (('a', 1), ('b', 2), ('c', 3), ('d', None), ('e', 0))]
    asyncio.get_running_loop().call_later(2, event.set)
    asyncio.get_running_loop().call_later(2.5, event.clear)
    await asyncio.gather(*tasks)
    say(event.is_set(), now())
    await waiter('f', 1)
    event.set()
    await waiter('g', 0)
    await waiter('h', -1)
    event.clear()
    await waiter('i', -1)


@twin
async def ping_pong():
    ping, pong = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    async def left():
        for n in range(3):
            ping.set()
            say('ping', n)
            await pong.wait()
            pong.clear()

    async def right():
        for n in range(3):
            await ping.wait()
            ping.clear()
            say('pong', n)
            pong.set()

    loop.call_soon(say, 'soon')
    await asyncio.gather(left(), right())
    say(ping.is_set(), pong.is_set())
    loop.call_soon(ping.set)
    say('before', ping.is_set())
    await ping.wait()
    say('after', ping.is_set())


@twin
async def set_by_a_waiter():
    first, second = asyncio.Event(), asyncio.Event()

    async def chain(name, waits, sets):
        await waits.wait()
        say(name, 'on')
        if sets:
            sets.set()
        waits.clear()
        await asyncio.sleep(0)
        say(name, 'off', first.is_set(), second.is_set())

    tasks = [asyncio.create_task(c) for c in (
        chain('a', first, second), chain('b', second, None), chain('c', first, None), chain('d', second, first))]
    await asyncio.sleep(0)
    first.set()
    done, pending = await asyncio.wait(tasks, timeout=1)
    say(len(done), len(pending), [t.done() for t in tasks])
    second.set()
    await asyncio.gather(*tasks)
    say(first.is_set(), second.is_set(), now())


@twin
async def start_line():
    # All runners stand ready, then start together, and the last to arrive opens the exit.
    ready, start, exit_ = 0, asyncio.Event(), asyncio.Event()
    at_line = asyncio.Event()
    arrived = []

    async def runner(n):
        nonlocal ready
        ready += 1
        if ready == 5:
            at_line.set()
        await start.wait()
        await asyncio.sleep((n * 7) % 5)
        arrived.append(n)
        say('runner', n, 'arrives at', now())
        if len(arrived) == 4:
            exit_.set()
        await exit_.wait()

    try:
        async with asyncio.TaskGroup() as tg:
            runners = [tg.create_task(runner(n)) for n in range(5)]
            await at_line.wait()
            say('all', ready, 'at the line')
            await asyncio.sleep(10)
            start.set()
            await exit_.wait()
            say('open at', now(), arrived)
            runners[2].cancel()
    finally:
        say([t.done() for t in runners], [t.cancelled() for t in runners], arrived)
