# SPDX-License-Identifier: GPL-3.0-or-later
"""wait: the three conditions, time, cancellation, and wait_for."""
import asyncio

from twin import caught, now, say, turns, twin


async def child(name, delay, error=None):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        say(name, "cancelled", caught(), "at", now())
        raise
    say(name, "is over at", now())
    if error:
        raise error
    return name


def make(name, delay, error=None):
    return asyncio.create_task(child(name, delay, error), name=name)


def names(tasks):
    return sorted(task.get_name() for task in tasks)


@twin
async def all_completed():
    tasks = [make("a", 2), make("b", 1, ValueError("b")), make("c", 3), make("d", 10)]
    tasks[3].cancel()
    done, pending = await asyncio.wait(tasks)
    say(names(done), names(pending), "at", now())
    say([t.cancelled() for t in tasks], tasks[1].exception())
    done, pending = await asyncio.wait(tasks)
    say("again:", names(done), names(pending), "at", now())
    done, pending = await asyncio.wait([tasks[0], tasks[0], tasks[0]])
    say("each counts once:", names(done))
    try:
        await asyncio.wait([])
    except ValueError:
        say(caught())


@twin
async def first_completed():
    tasks = [make("a", 3), make("b", 1), make("c", 2)]
    pending = tasks
    while pending:
        done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        say(names(done), names(pending), "at", now())
        pending = [t for t in tasks if t in pending]
    at_once = [make("x", 0), make("y", 0), make("z", 1)]
    done, pending = await asyncio.wait(at_once, return_when=asyncio.FIRST_COMPLETED)
    say("two in one turn:", names(done), names(pending))
    done, pending = await asyncio.wait([at_once[2], at_once[0]], return_when=asyncio.FIRST_COMPLETED)
    say("one was done already:", names(done), names(pending), "at", now())
    await at_once[2]


@twin
async def first_exception():
    tasks = [make("a", 1), make("b", 2, ValueError("b")), make("c", 3), make("d", 10)]
    asyncio.get_running_loop().call_later(0.5, tasks[3].cancel)
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    say("a cancellation is none:", names(done), names(pending), "at", now())
    done, pending = await asyncio.wait([tasks[2], tasks[1]], return_when=asyncio.FIRST_EXCEPTION)
    say("one failed before:", names(done), names(pending), "at", now())
    done, pending = await asyncio.wait([tasks[2], tasks[0]], return_when=asyncio.FIRST_EXCEPTION)
    say("none fails:", names(done), names(pending), "at", now())
    say("the error is still there:", tasks[1].exception())


@twin
async def with_a_limit():
    tasks = [make("a", 1), make("b", 3), make("c", 5)]
    done, pending = await asyncio.wait(tasks, timeout=2)
    say(names(done), names(pending), "at", now(), [t.done() for t in tasks])
    done, pending = await asyncio.wait(tasks, timeout=0)
    say(names(done), names(pending), "at", now())
    done, pending = await asyncio.wait(tasks[:2], timeout=100)
    say(names(done), names(pending), "at", now())
    done, pending = await asyncio.wait(tasks, timeout=2, return_when=asyncio.FIRST_COMPLETED)
    say(names(done), names(pending), "at", now())
    fresh = make("fresh", 0)
    done, pending = await asyncio.wait([fresh], timeout=0)
    say("no time to begin:", names(done), names(pending))
    await fresh
    await tasks[2]


@twin
async def the_waiter_is_cancelled():
    a, b = make("a", 2), make("b", 4)

    async def waits():
        try:
            await asyncio.wait([a, b], timeout=10)
        except asyncio.CancelledError:
            say("waiter:", caught(), "at", now(), asyncio.current_task().cancelling())
            raise

    waiter = asyncio.create_task(waits())
    await asyncio.sleep(3)
    waiter.cancel("enough")
    done, pending = await asyncio.wait([waiter])
    say([t.cancelled() for t in done], a.done(), b.done(), "at", now())
    say("nothing was cancelled:", await b, "at", now())
    future = asyncio.get_running_loop().create_future()
    waiter = asyncio.create_task(asyncio.wait([future, make("c", 5)], return_when=asyncio.FIRST_COMPLETED))
    await turns(2)
    future.set_exception(ValueError("f"))
    waiter.cancel("too late or not")
    try:
        done, pending = await waiter
        say("result", len(done), len(pending))
    except asyncio.CancelledError:
        say(caught())
    say(future.exception())


@twin(since="3.12", because="a gather of what is done takes no turn")
async def turns_it_takes():
    loop = asyncio.get_running_loop()
    count = 0

    def tick():
        nonlocal count
        count += 1
        if count < 40:
            loop.call_soon(tick)

    loop.call_soon(tick)
    future = loop.create_future()
    future.set_result(1)
    start = count
    await asyncio.wait([future])
    say("a done one:", count - start)
    start = count
    await asyncio.wait([asyncio.create_task(turns(0))])
    say("a task without an await:", count - start)
    start = count
    await asyncio.gather(asyncio.create_task(turns(0)))
    say("gather of the same:", count - start)
    start = count
    await asyncio.create_task(turns(3))
    say("a task of three turns:", count - start)
    start = count
    await asyncio.gather(future)
    say("gather of a done one:", count - start)
    await asyncio.sleep(1)
