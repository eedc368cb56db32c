# SPDX-License-Identifier: GPL-3.0-or-later
"""as_completed: whoever is ready first, errors, a limit, cancellation."""
import asyncio

from twin import caught, now, say, turns, twin


async def child(name, delay, error=None):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        say(name, "cancelled", caught(), "at", now())
        raise
    if error:
        raise error
    return name


@twin
async def in_order_of_completion():
    for next_one in asyncio.as_completed([child("c", 3), child("a", 1), child("d", 4), child("b", 2)]):
        say("waits at", now())
        say(await next_one, "at", now())
    say("tasks:", len(asyncio.all_tasks()))
    for next_one in asyncio.as_completed([child(f"n{i}", 1) for i in range(4)]):
        say(await next_one, "at", now())
    say(list(asyncio.as_completed([])))


@twin
async def errors():
    for next_one in asyncio.as_completed([child("a", 2), child("b", 1, ValueError("b")), child("c", 3)]):
        try:
            say(await next_one, "at", now())
        except ValueError:
            say(caught(), "at", now())
    gone = asyncio.create_task(child("gone", 9))
    asyncio.get_running_loop().call_later(1, gone.cancel, "picked")
    for next_one in asyncio.as_completed([gone, child("stays", 2)]):
        try:
            say(await next_one, "at", now())
        except asyncio.CancelledError:
            say(caught(), asyncio.current_task().cancelling(), "at", now())


@twin
async def with_a_limit():
    tasks = [asyncio.create_task(child(n, d)) for n, d in (("a", 1), ("b", 5), ("c", 2), ("d", 6))]
    for next_one in asyncio.as_completed(tasks, timeout=3):
        try:
            say(await next_one, "at", now())
        except TimeoutError:
            say(caught(), "at", now())
    say("nothing was cancelled:", [t.done() for t in tasks])
    for next_one in asyncio.as_completed(tasks, timeout=None):
        await next_one
    say("all are, at", now())
    for next_one in asyncio.as_completed([child("quick", 0), child("slow", 1)], timeout=0):
        try:
            say(await next_one, "at", now())
        except TimeoutError:
            say("no time:", caught(), "at", now())
    await asyncio.sleep(2)


@twin
async def leaving_early():
    tasks = [asyncio.create_task(child(n, d)) for n, d in (("a", 1), ("b", 2), ("c", 3))]
    for next_one in asyncio.as_completed(tasks):
        say("first:", await next_one, "at", now())
        break
    say([t.done() for t in tasks], now())
    waiting = list(asyncio.as_completed(tasks))
    say("taken out of order:", len(waiting))
    third, second = waiting[2], waiting[1]
    say(await third, "at", now())
    say(await second, "at", now())
    say(await waiting[0], "at", now())


@twin
async def cancelled():
    tasks = [asyncio.create_task(child(n, d)) for n, d in (("a", 1), ("b", 4))]

    async def consumes():
        try:
            for next_one in asyncio.as_completed(tasks):
                say(await next_one, "at", now())
        except asyncio.CancelledError:
            say("consumer:", caught(), "at", now())
            raise

    consumer = asyncio.create_task(consumes())
    await asyncio.sleep(2)
    consumer.cancel("enough")
    await asyncio.wait([consumer])
    say(consumer.cancelled(), [t.done() for t in tasks])
    say(await tasks[1], "at", now())
    try:
        async with asyncio.timeout(2):
            for next_one in asyncio.as_completed([child("x", 1), child("y", 3)]):
                say(await next_one, "at", now())
    except TimeoutError:
        say("timed out at", now(), "left:", len(asyncio.all_tasks()) - 1)
    await asyncio.sleep(5)


@twin
async def several_consumers():
    pending = list(asyncio.as_completed([child(f"n{i}", 1 + i // 2) for i in range(4)]))

    async def consumes(name, next_one):
        say(name, "gets", await next_one, "at", now())

    await asyncio.gather(*(consumes(f"consumer {i}", p) for i, p in enumerate(pending)))
    future = asyncio.get_running_loop().create_future()
    first, second = asyncio.as_completed([future, future, child("beside", 1)])
    future.set_result("once")
    say(await first, await second)
    await turns(1)
