# SPDX-License-Identifier: GPL-3.0-or-later
"""Cancelling tasks: when, how often, with what message, and what they make of it."""
import asyncio

from twin import caught, now, say, turns, twin


@twin
async def before_it_starts():
    async def body():
        say("never said")

    task = asyncio.create_task(body())
    say(task.cancel("too early"), task.done(), task.cancelled(), task.cancelling())
    say(task.cancel("again"), task.cancelling())
    try:
        await task
    except asyncio.CancelledError:
        say("awaited:", caught())
    say(task.done(), task.cancelled(), task.cancelling(), task.cancel())
    for call in (task.result, task.exception):
        try:
            call()
        except asyncio.CancelledError:
            say(caught())
    other = asyncio.create_task(body())
    other.add_done_callback(lambda done: say("callback:", done.cancelled()))
    say(other.cancel(), other.uncancel(), other.cancelling(), other.cancel())
    await turns(3)


@twin
async def at_each_await():
    async def walker(log):
        try:
            log.append("a")
            await asyncio.sleep(0)
            log.append("b")
            await asyncio.sleep(1)
            log.append("c")
            await future
            log.append("d")
            await asyncio.sleep(0)
            log.append("e")
            return "walked"
        except asyncio.CancelledError:
            log.append(f"x at {now()}")
            raise
        finally:
            log.append("f")

    for stop in range(6):
        log = []
        future = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(walker(log))
        for step in range(stop):
            if step == 2:
                await asyncio.sleep(1)
            elif step == 3:
                await turns(1)
                future.set_result(None)
            await turns(1)
        asked = task.cancel(f"stop {stop}")
        try:
            result = await task
        except asyncio.CancelledError:
            result = caught()
        say(stop, asked, log, result, "future:", future.cancelled())


@twin
async def swallowed():
    async def stubborn():
        for i in range(3):
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                me = asyncio.current_task()
                say("swallows", caught(), me.cancelling())
                if i == 1:
                    say("takes one back:", me.uncancel())
        await asyncio.sleep(1)
        return "lived"

    task = asyncio.create_task(stubborn())
    for i in range(3):
        await asyncio.sleep(1)
        say("cancel", i, task.cancel(f"no {i}"), task.cancelling())
    say(await task, "at", now(), task.cancelled(), task.cancelling())


@twin
async def several_requests_at_once():
    async def sleeper():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            say("caught", caught(), asyncio.current_task().cancelling())
        try:
            await asyncio.sleep(1)
            say("slept on")
        except asyncio.CancelledError:
            say("and again", caught())
        return "end"

    one = asyncio.create_task(sleeper())
    await turns(1)
    one.cancel("first")
    one.cancel("second")
    say(one.cancelling())
    say(await one, "at", now())
    two = asyncio.create_task(sleeper())
    await turns(1)
    two.cancel("now")
    await turns(1)
    say("between:", two.done(), two.cancelling())
    two.cancel("later")
    say(await two, "at", now(), two.cancelling())


@twin
async def itself():
    async def then_waits():
        asyncio.current_task().cancel("me")
        say("still runs")
        done = asyncio.get_running_loop().create_future()
        done.set_result("ready")
        say("a done future:", await done)
        try:
            await asyncio.sleep(5)
        finally:
            say("raised at", now())

    async def then_returns():
        asyncio.current_task().cancel("dropped")
        return "value"

    async def then_raises():
        asyncio.current_task().cancel()
        raise ValueError("stronger")

    for body in (then_waits, then_returns, then_raises):
        task = asyncio.create_task(body())
        try:
            say(await task)
        except (asyncio.CancelledError, ValueError):
            say("ended by", caught(), task.cancelled(), task.cancelling())


@twin(since="3.13", because="uncancel() to 0 forgets a cancellation not yet thrown")
async def forgiven():
    async def then_forgives():
        me = asyncio.current_task()
        me.cancel()
        me.cancel()
        left = [me.uncancel(), me.uncancel(), me.uncancel()]
        await asyncio.sleep(0)
        return left

    async def waits():
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            say("thrown all the same")
            raise

    say(await asyncio.create_task(then_forgives()))
    task = asyncio.create_task(waits())
    await turns(1)
    task.cancel()
    say("its future is cancelled already:", task.uncancel(), task.cancelling())
    await asyncio.wait([task])
    say(task.cancelled())
    unstarted = asyncio.create_task(waits())
    unstarted.cancel()
    unstarted.uncancel()
    await asyncio.wait([unstarted])
    say("it was not to start:", unstarted.cancelled(), "at", now())


@twin
async def what_it_waits_for():
    async def inner():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            say("inner is told first:", caught())
            await asyncio.sleep(1)
            say("inner took its time")
            raise

    async def middle():
        try:
            await child
        except asyncio.CancelledError:
            say("middle:", caught(), asyncio.current_task().cancelling(), "at", now())
            raise

    child = asyncio.create_task(inner())
    parent = asyncio.create_task(middle())
    await turns(2)
    say(parent.cancel("stop"), child.cancelled(), child.cancelling(), parent.cancelling())
    await turns(2)
    say("neither is done:", child.done(), parent.done())
    try:
        await parent
    except asyncio.CancelledError:
        say("main:", caught())

    async def swallows():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "swallowed"

    async def outer():
        return await asyncio.create_task(swallows())

    task = asyncio.create_task(outer())
    await turns(2)
    task.cancel()
    say("the outer one goes on with", await task, task.cancelled(), task.cancelling())


@twin
async def its_future_instead():
    async def waits(name):
        try:
            await future
        except asyncio.CancelledError:
            say(name, "sees", caught(), asyncio.current_task().cancelling())
            return name
        return "result"

    future = asyncio.get_running_loop().create_future()
    tasks = [asyncio.create_task(waits(n)) for n in ("a", "b")]
    await turns(1)
    say(future.cancel("by hand"), future.cancel("twice"), future.cancelled())
    say(await tasks[0], await tasks[1])
    future = asyncio.get_running_loop().create_future()
    tasks = [asyncio.create_task(waits(n)) for n in ("c", "d")]
    await turns(1)
    say("one task, both suffer:", tasks[0].cancel("through"), future.cancelled())
    say(await tasks[0], await tasks[1])
    future = asyncio.get_running_loop().create_future()
    late = asyncio.create_task(waits("late"))
    await turns(1)
    future.set_result(1)
    say("its result is on the way:", late.cancel("last moment"), future.cancelled())
    say(await late)


@twin
async def in_the_clean_up():
    async def careful():
        try:
            await asyncio.sleep(10)
        finally:
            say("clean-up begins")
            try:
                await asyncio.sleep(2)
                say("not reached")
            except asyncio.CancelledError:
                say("interrupted by", caught())
                await asyncio.sleep(1)
                say("second clean-up done at", now())

    task = asyncio.create_task(careful())
    await asyncio.sleep(1)
    task.cancel("one")
    await asyncio.sleep(1)
    task.cancel("two")
    try:
        await task
    except asyncio.CancelledError:
        say("ended by", caught(), task.cancelling())

    async def replaces():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            raise ValueError("instead")

    task = asyncio.create_task(replaces())
    await turns(1)
    task.cancel()
    try:
        await task
    except ValueError:
        say(caught(), task.cancelled(), task.cancelling())

    async def raises_it():
        raise asyncio.CancelledError("of its own")

    task = asyncio.create_task(raises_it())
    try:
        await task
    except asyncio.CancelledError:
        say(caught(), task.cancelled(), task.cancelling(), asyncio.current_task().cancelling())


@twin
async def at_the_end_of_run():
    async def left(name, delay):
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            say(name, "is told:", caught())
            await asyncio.sleep(delay)
            say(name, "cleaned up at", now())

    async def refuses():
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            raise ValueError("of the shutdown")

    asyncio.get_running_loop().set_exception_handler(
        lambda loop, context: say("handler:", context["message"], context["exception"]))
    asyncio.create_task(left("quick", 1))
    await turns(1)
    asyncio.create_task(refuses())
    say("main ends")
    await turns(1)
