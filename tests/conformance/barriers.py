# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from twin import now, say, turns, twin


@twin
async def indices():
    barrier = asyncio.Barrier(3)
    say(barrier.parties, barrier.n_waiting, barrier.broken)

    async def party(name, delay):
        await asyncio.sleep(delay)
        say(name, 'comes', barrier.n_waiting)
        index = await barrier.wait()
        say(name, 'has', index, 'waiting', barrier.n_waiting, 'at', now())

    await asyncio.gather(*[party(n, d) for n, d in (('a', 2), ('b', 1), ('c', 3))])
    say(barrier.n_waiting, barrier.broken)
    # Seven for three places: two full rounds, and one who waits for the third.
    tasks = [asyncio.create_task(party(n, 0)) for n in 'hijklmn']
    await turns(20)
    say([t.done() for t in tasks], barrier.n_waiting)
    last = [asyncio.create_task(party(n, 0)) for n in 'op']
    await asyncio.gather(*tasks, *last)
    say(barrier.n_waiting)
    one = asyncio.Barrier(1)
    say(await one.wait(), await one.wait(), one.n_waiting)


@twin(before="3.14", because="the words are others since")
async def errors():
    for parties in (0, -1):
        try:
            asyncio.Barrier(parties)
        except ValueError as e:
            say(e)
    barrier = asyncio.Barrier(2)
    await barrier.abort()
    say(barrier.broken, barrier.n_waiting)
    try:
        await barrier.wait()
    except asyncio.BrokenBarrierError as e:
        say(e)
    try:
        await barrier.wait()
    except RuntimeError as e:
        say('a RuntimeError too:', e)
    await barrier.abort()
    await barrier.reset()
    say(barrier.broken)

    async def party(name):
        say(name, await barrier.wait())

    await asyncio.gather(party('a'), party('b'))
    await barrier.reset()
    say(barrier.broken, barrier.n_waiting)


@twin
async def aborted_while_waiting():
    barrier = asyncio.Barrier(4)

    async def party(name):
        try:
            say(name, await barrier.wait())
        except asyncio.BrokenBarrierError as e:
            say(name, e, barrier.broken, barrier.n_waiting)
            raise

    tasks = [asyncio.create_task(party(n)) for n in 'abc']
    await asyncio.sleep(0)
    say(barrier.n_waiting)
    await barrier.abort()
    say('aborted', barrier.broken, barrier.n_waiting, [t.done() for t in tasks])
    late = asyncio.create_task(party('late'))
    say(await asyncio.gather(*tasks, late, return_exceptions=True))
    await barrier.reset()
    tasks = [asyncio.create_task(party(n)) for n in 'defg']
    await asyncio.gather(*tasks)
    say(barrier.broken)


@twin
async def reset_while_waiting():
    barrier = asyncio.Barrier(3)

    async def party(name):
        try:
            say(name, await barrier.wait(), 'at', now())
        except asyncio.BrokenBarrierError as e:
            say(name, e, barrier.broken, barrier.n_waiting)
            say(name, 'again', await barrier.wait())

    tasks = [asyncio.create_task(party(n)) for n in 'ab']
    await asyncio.sleep(0)
    await barrier.reset()
    say('reset', barrier.broken, barrier.n_waiting)
    tasks.append(asyncio.create_task(party('c')))
    await turns(10)
    say([t.done() for t in tasks], barrier.n_waiting)
    tasks.append(asyncio.create_task(party('d')))
    await turns(4)
    say([t.done() for t in tasks], barrier.n_waiting)
    await barrier.reset()
    await barrier.reset()
    await turns(6)
    say([t.done() for t in tasks], barrier.n_waiting)
    for n in 'ef':
        tasks.append(asyncio.create_task(party(n)))
    await asyncio.gather(*tasks)
    say(barrier.n_waiting, barrier.broken)


@twin
async def cancelled_while_filling():
    barrier = asyncio.Barrier(3)

    async def party(name):
        try:
            say(name, await barrier.wait(), barrier.n_waiting)
        except asyncio.CancelledError as e:
            say(name, e, barrier.n_waiting)
            raise

    tasks = [asyncio.create_task(party(n)) for n in 'abcd']
    tasks[0].cancel('before')
    await asyncio.sleep(0)
    # b, c, d have come: all the places are taken.
    say(barrier.n_waiting, [t.done() for t in tasks])
    await turns(3)
    tasks += [asyncio.create_task(party(n)) for n in 'ef']
    await asyncio.sleep(0)
    say(barrier.n_waiting)
    tasks[4].cancel('while filling')
    await turns(2)
    say(barrier.n_waiting, [t.done() for t in tasks])
    tasks += [asyncio.create_task(party(n)) for n in 'gh']
    say(await asyncio.gather(*tasks, return_exceptions=True))
    say(barrier.n_waiting, barrier.broken)


@twin
async def cancelled_while_draining():
    async def party(name, barrier):
        try:
            say(name, await barrier.wait(), barrier.n_waiting)
        except asyncio.CancelledError as e:
            say(name, e, barrier.n_waiting)
            raise
        except asyncio.BrokenBarrierError as e:
            say(name, e)
            raise

    for moment in range(5):
        say('moment', moment)
        barrier = asyncio.Barrier(3)
        tasks = [asyncio.create_task(party(n, barrier)) for n in 'abcd']
        for _ in range(moment):
            await asyncio.sleep(0)
        for t in tasks[:2]:
            t.cancel(f'at {moment}')
        await turns(6)
        say([t.done() for t in tasks], barrier.n_waiting, barrier.broken)
        for t in tasks[2:]:
            t.cancel('end')
        say([str(r) for r in await asyncio.gather(*tasks, return_exceptions=True)])
        say(barrier.n_waiting, barrier.broken)


@twin
async def late_while_draining():
    barrier = asyncio.Barrier(2)

    async def party(name, rounds):
        for n in range(rounds):
            say(name, 'round', n, await barrier.wait())

    # Each that leaves comes back at once, while the others still leave.
    await asyncio.gather(party('a', 4), party('b', 3), party('c', 3), party('d', 2))
    say(barrier.n_waiting)
    tasks = [asyncio.create_task(party(n, 1)) for n in 'xyz']
    await turns(2)
    await barrier.abort()
    await turns(4)
    say([t.done() for t in tasks], barrier.broken)
    say(await asyncio.gather(*tasks, return_exceptions=True))


@twin
async def with_timeouts():
    barrier = asyncio.Barrier(3)

    async def party(name, delay, limit):
        await asyncio.sleep(delay)
        try:
            say(name, await asyncio.wait_for(barrier.wait(), limit), 'at', now())
        except TimeoutError as e:
            say(name, e, 'at', now(), barrier.n_waiting, barrier.broken)

    await asyncio.gather(party('a', 0, 2), party('b', 1, 5), party('c', 3, 5), party('d', 4, 5), party('e', 4.5, 0),
                         party('f', 5, 1))
    say(barrier.n_waiting, now())
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(party('g', 0, None))
            tg.create_task(party('h', 0, None))
            await asyncio.sleep(1)
            say(barrier.n_waiting)
            raise ValueError('body')
    except* ValueError as group:
        say(list(group.exceptions), barrier.n_waiting, barrier.broken)


@twin
async def phases():
    # A computation in phases: each reads what the others wrote in the phase before.
    count = 4
    barrier = asyncio.Barrier(count)
    cells = [1, 2, 3, 4]

    async def worker(n):
        for phase in range(3):
            new = cells[n] + cells[(n + 1) % count]
            await asyncio.sleep(n % 2)
            await barrier.wait()
            cells[n] = new
            if await barrier.wait() == 0:
                say('phase', phase, cells, 'at', now())
        return cells[n]

    say(await asyncio.gather(*[worker(n) for n in range(count)]))
    say(barrier.n_waiting, barrier.broken)
