# SPDX-License-Identifier: GPL-3.0-or-later
"""shield: what is cancelled and what is not."""
import asyncio

from twin import caught, now, say, turns, twin


async def work(name, delay, error=None):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        say(name, "cancelled", caught(), "at", now())
        raise
    say(name, "is over at", now())
    if error:
        raise error
    return name


@twin
async def passes_through():
    say(await asyncio.shield(work("coroutine", 1)), "at", now())
    task = asyncio.create_task(work("task", 1))
    outer = asyncio.shield(task)
    say(outer is task, await outer, await task)
    say("a done one is itself:", asyncio.shield(task) is task)
    try:
        await asyncio.shield(work("fails", 1, ValueError("inside")))
    except ValueError:
        say(caught(), "at", now())
    future = asyncio.get_running_loop().create_future()
    outer = asyncio.shield(future)
    asyncio.get_running_loop().call_later(1, future.set_result, "plain")
    say(await outer, outer.done())


@twin
async def the_waiter_is_cancelled():
    inner = asyncio.create_task(work("inner", 3))

    async def waits():
        try:
            return await asyncio.shield(inner)
        except asyncio.CancelledError:
            say("waiter:", caught(), asyncio.current_task().cancelling(), inner.done(), "at", now())
            raise

    waiter = asyncio.create_task(waits())
    await asyncio.sleep(1)
    waiter.cancel("leave")
    await asyncio.wait([waiter])
    say(waiter.cancelled(), inner.cancelled(), inner.cancelling(), "at", now())
    say("inner:", await inner, "at", now())

    async def finishes_anyway():
        task = asyncio.create_task(work("important", 2))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            say("waits for it all the same")
            result = await task
            say("has", result)
            raise

    waiter = asyncio.create_task(finishes_anyway())
    await asyncio.sleep(1)
    waiter.cancel()
    await asyncio.wait([waiter])
    say(waiter.cancelled(), "at", now())


@twin
async def the_inner_is_cancelled():
    inner = asyncio.create_task(work("inner", 5))
    outer = asyncio.shield(inner)
    await asyncio.sleep(1)
    inner.cancel("inside")
    try:
        await outer
    except asyncio.CancelledError:
        say("outer:", caught(), outer.cancelled(), "at", now())
    try:
        await inner
    except asyncio.CancelledError:
        say("inner:", caught())
    future = asyncio.get_running_loop().create_future()
    outer = asyncio.shield(future)
    future.cancel("plain")
    say(outer.done())
    await turns(1)
    say(outer.cancelled())


@twin
async def the_outer_is_cancelled():
    inner = asyncio.create_task(work("inner", 2))
    outer = asyncio.shield(inner)
    second = asyncio.shield(inner)
    await turns(1)
    say(outer.cancel("only this"), outer.cancelled(), inner.cancelling(), second.done())
    try:
        await outer
    except asyncio.CancelledError:
        say(caught(), "at", now())
    say(await second, await inner, "at", now())
    double = asyncio.shield(asyncio.shield(asyncio.create_task(work("deep", 1))))
    double.cancel()
    await asyncio.sleep(2)
    say(double.cancelled())


@twin
async def in_groups():
    inner = asyncio.create_task(work("kept", 3))
    both = asyncio.gather(asyncio.shield(inner), work("lost", 5), return_exceptions=True)
    await asyncio.sleep(1)
    both.cancel("stop")
    try:
        await both
    except asyncio.CancelledError:
        say("gather:", caught(), "at", now())
    say(await inner, "at", now())
    inner = asyncio.create_task(work("slow", 3))
    for limit in (1, 1, 5):
        try:
            async with asyncio.timeout(limit):
                say(await asyncio.shield(inner), "at", now())
        except TimeoutError:
            say("not yet at", now(), inner.done())
    async with asyncio.timeout(1):
        say("done:", await asyncio.shield(inner))


@twin(before="3.14", because="an error of a shielded future that nobody waits for is reported since")
async def lost_errors():
    asyncio.get_running_loop().set_exception_handler(
        lambda loop, context: say("handler:", context["exception"]))
    inner = asyncio.create_task(work("fails", 2, ValueError("later")))
    outer = asyncio.shield(inner)
    await asyncio.sleep(1)
    outer.cancel()
    try:
        await outer
    except asyncio.CancelledError:
        say("outer is gone")
    await asyncio.sleep(2)
    say("the inner one was taken:", inner.exception())
    failed = asyncio.get_running_loop().create_future()
    failed.set_exception(RuntimeError("was failed"))
    try:
        await asyncio.shield(failed)
    except RuntimeError:
        say(caught())
