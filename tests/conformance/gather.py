# SPDX-License-Identifier: GPL-3.0-or-later
"""gather: order, errors, cancellation of the children and of the whole."""
import asyncio

from twin import caught, now, say, turns, twin


async def child(name, delay, error=None):
    try:
        say(name, "starts in", asyncio.current_task().get_name())
        await asyncio.sleep(delay)
        if error:
            raise error
        say(name, "ends at", now())
        return name
    except asyncio.CancelledError:
        say(name, "cancelled", caught(), "at", now())
        raise


@twin
async def results_in_order():
    done = asyncio.get_running_loop().create_future()
    done.set_result("was done")
    pending = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(child("task", 1))
    both = asyncio.gather(child("a", 3), task, done, pending, child("b", 2))
    say("made", both.done(), len(asyncio.all_tasks()))
    asyncio.get_running_loop().call_later(2.5, pending.set_result, "from a timer")
    say(await both)
    say(now(), both.done(), both.result() == await both)
    say(await asyncio.gather())
    say(await asyncio.gather(done, task), now())


@twin
async def the_first_error():
    both = asyncio.gather(child("a", 3), child("b", 1, ValueError("b fails")), child("c", 2, RuntimeError("lost")))
    try:
        await both
    except ValueError:
        say("main:", caught(), "at", now())
    say(both.done(), both.cancelled(), both.exception(), both.cancel())
    await asyncio.sleep(5)
    say("the others ran on; tasks:", len(asyncio.all_tasks()))
    try:
        await asyncio.gather(child("d", 1, ValueError("d")), child("e", 1, RuntimeError("e")))
    except (ValueError, RuntimeError):
        say("of two in one turn:", caught())
    await turns(3)


@twin
async def errors_as_results():
    async def cancels_itself():
        raise asyncio.CancelledError("mine")

    gone = asyncio.create_task(child("gone", 10))
    asyncio.get_running_loop().call_later(1, gone.cancel, "by a timer")
    plain = asyncio.get_running_loop().create_future()
    plain.cancel("plain")
    results = await asyncio.gather(
        child("good", 2), child("bad", 1, ValueError("no")), gone, cancels_itself(), plain, return_exceptions=True)
    say(results, "at", now())
    say(gone.cancelled(), asyncio.current_task().cancelling())
    say(await asyncio.gather(child("x", 0, RuntimeError("alone")), return_exceptions=True))


@twin
async def a_child_is_cancelled():
    victim = asyncio.create_task(child("victim", 10))
    other = asyncio.create_task(child("other", 2))
    both = asyncio.gather(victim, other)
    await asyncio.sleep(1)
    victim.cancel("picked")
    try:
        await both
    except asyncio.CancelledError:
        say("main:", caught(), "at", now(), both.cancelled(), both.done())
    say("other goes on:", other.done(), await other)
    try:
        both.exception()
        say("no error")
    except asyncio.CancelledError:
        say("asked again:", caught())


@twin
async def the_whole_is_cancelled():
    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            say("stubborn swallows", caught())
            await asyncio.sleep(1)
            return "stubborn"

    a, b = asyncio.create_task(child("a", 5)), asyncio.create_task(stubborn())
    both = asyncio.gather(a, b, return_exceptions=True)
    await asyncio.sleep(1)
    say(both.cancel("all of you"), both.cancelled(), both.done())
    say("twice:", both.cancel("again"))
    try:
        await both
    except asyncio.CancelledError:
        say("main:", caught(), both.cancelled(), "at", now())
    say(a.cancelled(), b.done() and b.result())
    say(both.cancel(), a.cancelling(), b.cancelling())


@twin
async def the_waiter_is_cancelled():
    async def waits():
        try:
            return await asyncio.gather(child("a", 5), child("b", 1), child("c", 3))
        except asyncio.CancelledError:
            say("waiter:", caught(), asyncio.current_task().cancelling(), "at", now())
            raise

    waiter = asyncio.create_task(waits())
    await asyncio.sleep(2)
    waiter.cancel("outer")
    try:
        await waiter
    except asyncio.CancelledError:
        say("main:", caught(), waiter.cancelled())
    say("none is left:", len(asyncio.all_tasks()))

    async def swallows(name):
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            say(name, "swallows")
        return name

    async def waits_for_stubborn():
        return await asyncio.gather(swallows("x"), swallows("y"))

    waiter = asyncio.create_task(waits_for_stubborn())
    await turns(2)
    waiter.cancel()
    try:
        say(await waiter)
    except asyncio.CancelledError:
        say("cancelled although none of them was:", caught(), waiter.cancelling())


@twin
async def the_same_twice():
    task = asyncio.create_task(child("once", 1))
    say(await asyncio.gather(task, task, task))
    failing = asyncio.create_task(child("fails", 1, ValueError("thrice")))
    results = await asyncio.gather(failing, child("between", 2), failing, return_exceptions=True)
    say(results, results[0] is results[2])
    coroutines = [child(f"n{i}", 3 - i) for i in range(3)]
    say(await asyncio.gather(*coroutines))


@twin
async def nested():
    inner = asyncio.gather(child("a", 1), child("b", 2))
    outer = asyncio.gather(inner, child("c", 3))
    say(await outer, "at", now())
    inner = asyncio.gather(child("d", 1, ValueError("deep")), child("e", 3))
    outer = asyncio.gather(inner, child("f", 2))
    try:
        await outer
    except ValueError:
        say("outer:", caught(), inner.exception(), "at", now())
    inner = asyncio.gather(child("g", 5), child("h", 5))
    outer = asyncio.gather(inner, child("i", 5))
    await asyncio.sleep(1)
    say(outer.cancel("from the top"))
    try:
        await outer
    except asyncio.CancelledError:
        say("main:", caught(), "at", now(), inner.done(), inner.cancelled(), outer.cancelled())


@twin
async def callbacks_and_turns():
    async def quick(name, count):
        await turns(count)
        say(name)
        return name

    both = asyncio.gather(quick("a", 1), quick("b", 3), quick("c", 2))
    both.add_done_callback(lambda done: say("callback:", done.result()))
    loop = asyncio.get_running_loop()

    def tick(n):
        say("turn", n, both.done())
        if n < 6:
            loop.call_soon(tick, n + 1)

    loop.call_soon(tick, 1)
    say(await both)
    await turns(3)
