# SPDX-License-Identifier: GPL-3.0-or-later
"""wait_for: in time, too late, at the same moment, cancelled."""
import asyncio

from twin import caught, now, say, turns, twin

INLINE = "wait_for() ran a coroutine in a task of its own, and a result won over its timer"


@twin(since="3.12", because=INLINE)
async def in_time():
    async def body(delay):
        say("runs in", asyncio.current_task().get_name())
        await asyncio.sleep(delay)
        return f"slept {delay}"

    say(await asyncio.wait_for(body(1), 2), "at", now())
    say(await asyncio.wait_for(body(1), None), "at", now())
    say(await asyncio.wait_for(asyncio.create_task(body(1), name="T"), 5), "at", now())
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(1, future.set_result, "set")
    say(await asyncio.wait_for(future, 1.5), "at", now())
    say("done before, no time:", await asyncio.wait_for(future, 0), await asyncio.wait_for(future, -1))

    async def fails():
        await asyncio.sleep(1)
        raise ValueError("of the body")

    try:
        await asyncio.wait_for(fails(), 2)
    except ValueError:
        say(caught(), "at", now())
    say(asyncio.current_task().cancelling(), len(asyncio.all_tasks()))


@twin(since="3.12", because=INLINE)
async def too_late():
    async def body(name):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            say(name, "cancelled", caught(), "at", now(), asyncio.current_task().cancelling())
            raise
        finally:
            say(name, "leaves")

    try:
        await asyncio.wait_for(body("inline"), 1)
    except TimeoutError:
        say(caught(), "at", now(), asyncio.current_task().cancelling())
    task = asyncio.create_task(body("task"))
    try:
        await asyncio.wait_for(task, 1)
    except TimeoutError:
        say(caught(), task.cancelled(), task.cancelling(), "at", now())
    future = asyncio.get_running_loop().create_future()
    try:
        await asyncio.wait_for(future, 1)
    except TimeoutError:
        say(caught(), future.cancelled(), "at", now())
    try:
        await asyncio.wait_for(future, 1)
    except asyncio.CancelledError:
        say("of a cancelled one:", caught())


@twin(since="3.12", because=INLINE)
async def no_time_at_all():
    async def body(name):
        say(name, "never begins")

    for limit in (0, -1):
        try:
            await asyncio.wait_for(body(limit), limit)
        except TimeoutError:
            say(limit, caught(), "at", now())

    async def begun():
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            say("begun:", caught())
            return "came round"

    task = asyncio.create_task(begun())
    await turns(1)
    say("its answer counts:", await asyncio.wait_for(task, 0), task.cancelling())

    async def breaks():
        try:
            await asyncio.sleep(5)
        finally:
            raise ValueError("while it was cancelled")

    task = asyncio.create_task(breaks())
    await turns(1)
    try:
        await asyncio.wait_for(task, 0)
    except ValueError:
        say(caught())
    pending = asyncio.get_running_loop().create_future()
    try:
        await asyncio.wait_for(pending, 0)
    except TimeoutError:
        say(caught(), pending.cancelled())


@twin(since="3.12", because=INLINE)
async def what_the_body_makes_of_it():
    async def swallows():
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            say("swallowed", caught())
        return "value"

    async def replaces():
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            raise ValueError("another error") from None

    async def takes_its_time():
        try:
            await asyncio.sleep(5)
        finally:
            await asyncio.sleep(2)
            say("cleaned up at", now())

    for body in (swallows, replaces, takes_its_time):
        try:
            say(await asyncio.wait_for(body(), 1), "at", now())
        except (TimeoutError, ValueError):
            say(body.__name__, caught(), "at", now())
        say(asyncio.current_task().cancelling())
    try:
        say(await asyncio.wait_for(asyncio.create_task(swallows()), 1), "from a task")
    except TimeoutError:
        say("a task's value is lost:", caught())


@twin(since="3.12", because=INLINE)
async def at_the_same_moment():
    loop = asyncio.get_running_loop()
    for offset in (-0.25, 0, 0.25):
        future = loop.create_future()
        start = loop.time()
        loop.call_at(start + 1 + offset, lambda f=future: f.done() or f.set_result("result"))
        try:
            say(offset, await asyncio.wait_for(future, 1), now())
        except TimeoutError:
            say(offset, caught(), future.cancelled(), now())
        await asyncio.sleep(1)
    future = loop.create_future()

    async def waits():
        try:
            return await asyncio.wait_for(future, 1)
        except asyncio.CancelledError:
            say("waiter cancelled", caught())
            raise

    task = asyncio.create_task(waits())
    await turns(1)
    future.set_result("there")
    task.cancel("in the same turn")
    try:
        say(await task)
    except asyncio.CancelledError:
        say("cancelled with a result at hand:", caught(), task.cancelling())


@twin(since="3.12", because=INLINE)
async def cancelled_from_outside():
    async def body():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            say("body:", caught(), "at", now())
            raise

    async def waits(awaitable, limit):
        try:
            await asyncio.wait_for(awaitable, limit)
        except asyncio.CancelledError:
            say("waiter:", caught(), asyncio.current_task().cancelling())
            raise

    for waiter in (waits(body(), 5), waits(asyncio.create_task(body(), name="own task"), 5)):
        task = asyncio.create_task(waiter)
        await asyncio.sleep(1)
        task.cancel("from outside")
        await asyncio.wait([task])
        say(task.cancelled(), "at", now())
    inner = asyncio.create_task(body())
    shielded = asyncio.create_task(waits(asyncio.shield(inner), 1))
    try:
        await shielded
    except TimeoutError:
        say("shielded:", caught(), inner.done(), "at", now())
    inner.cancel()
    await turns(2)


@twin(since="3.12", because=INLINE)
async def nested():
    async def deep(delay):
        try:
            await asyncio.sleep(delay)
            return "deep"
        except asyncio.CancelledError:
            say("deep cancelled at", now(), asyncio.current_task().cancelling())
            raise

    async def middle(delay, limit):
        try:
            return await asyncio.wait_for(deep(delay), limit)
        except TimeoutError:
            say("middle timed out at", now())
            return "middle's own"

    say(await asyncio.wait_for(middle(1, 2), 3), now())
    say(await asyncio.wait_for(middle(9, 1), 3), now())
    try:
        await asyncio.wait_for(middle(9, 5), 1)
    except TimeoutError:
        say("outer", caught(), now(), asyncio.current_task().cancelling())
    results = await asyncio.gather(
        *(asyncio.wait_for(deep(i), 1.5) for i in (1, 2, 3)), return_exceptions=True)
    say(results, now())
