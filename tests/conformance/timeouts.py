# SPDX-License-Identifier: GPL-3.0-or-later
"""timeout and timeout_at: expiry, rescheduling, nesting, cancellation from outside."""
import asyncio

from twin import caught, now, say, turns, twin


def at(moment):
    return "None" if moment is None else f"{moment:.6g}"


@twin
async def in_time_and_too_late():
    async with asyncio.timeout(2) as cm:
        say("due at", at(cm.when()), cm.expired())
        await asyncio.sleep(1)
        say("in time", cm.expired())
    say("at", now())
    try:
        async with asyncio.timeout(1) as cm:
            try:
                await asyncio.sleep(5)
            except asyncio.CancelledError:
                say("inside:", caught(), cm.expired(), asyncio.current_task().cancelling())
                raise
            say("not reached")
    except TimeoutError:
        say("outside:", caught(), cm.expired(), asyncio.current_task().cancelling(), "at", now())
    async with asyncio.timeout(None) as cm:
        await asyncio.sleep(100)
        say("no limit:", at(cm.when()), cm.expired())
    try:
        async with asyncio.timeout(1):
            raise ValueError("its own")
    except ValueError:
        say(caught())


@twin
async def in_the_past():
    loop = asyncio.get_running_loop()
    await asyncio.sleep(5)
    for limit in (0, -1):
        try:
            async with asyncio.timeout(limit):
                say("runs up to its first wait")
                await asyncio.sleep(0)
                say("a turn is too long")
        except TimeoutError:
            say(limit, caught(), "at", now())
    async with asyncio.timeout(-1) as cm:
        say("never waits, never times out")
    say(cm.expired(), asyncio.current_task().cancelling())
    try:
        async with asyncio.timeout_at(loop.time() - 3) as cm:
            say("due at", at(cm.when()))
            await asyncio.sleep(1)
    except TimeoutError:
        say("timeout_at:", caught(), "at", now())
    done = loop.create_future()
    done.set_result("value")
    async with asyncio.timeout(0):
        say("a done future is no wait:", await done)
    await turns(2)
    say("nothing comes after:", asyncio.current_task().cancelling())


@twin
async def moments():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout_at(loop.time() + 2) as cm:
        await asyncio.sleep(1)
        say(at(cm.when()))
    try:
        async with asyncio.timeout_at(loop.time() + 1):
            await asyncio.sleep(2)
    except TimeoutError:
        say("at", now())
    try:
        async with asyncio.timeout(1) as cm:
            cm.reschedule(loop.time() + 3)
            say("put off to", at(cm.when()))
            await asyncio.sleep(2)
            say("still alive at", now())
            cm.reschedule(loop.time() + 0.5)
            await asyncio.sleep(2)
    except TimeoutError:
        say("brought forward:", now(), cm.expired())
    async with asyncio.timeout(1) as cm:
        cm.reschedule(None)
        await asyncio.sleep(10)
        say("taken away:", at(cm.when()), now())
        cm.reschedule(loop.time() + 1)
        say("given again:", at(cm.when()))
    try:
        async with asyncio.timeout(None) as cm:
            cm.reschedule(loop.time() - 1)
            await asyncio.sleep(1)
    except TimeoutError:
        say("into the past:", now())


@twin
async def wrong_states():
    try:
        async with asyncio.timeout(1) as cm:
            try:
                await asyncio.sleep(5)
            except asyncio.CancelledError:
                try:
                    cm.reschedule(None)
                except RuntimeError:
                    say(caught())
                raise
    except TimeoutError:
        say("expired at", now())


@twin
async def nested():
    for outer, inner in ((1, 2), (2, 1)):
        try:
            async with asyncio.timeout(outer) as a:
                try:
                    async with asyncio.timeout(inner) as b:
                        await asyncio.sleep(5)
                except TimeoutError:
                    say("the inner one caught", a.expired(), b.expired(), "at", now())
                    await asyncio.sleep(5)
        except TimeoutError:
            say("the outer one caught", a.expired(), b.expired(), "at", now())
        say(asyncio.current_task().cancelling())
    loop = asyncio.get_running_loop()
    when = loop.time() + 1
    try:
        async with asyncio.timeout_at(when) as a:
            try:
                async with asyncio.timeout_at(when) as b:
                    await asyncio.sleep(5)
            except TimeoutError:
                say("both: the inner one")
            except asyncio.CancelledError:
                say("both: the inner one lets it pass", a.expired(), b.expired())
                raise
    except TimeoutError:
        say("both: the outer one", now(), asyncio.current_task().cancelling())
    try:
        async with asyncio.timeout(1):
            async with asyncio.timeout(2):
                async with asyncio.timeout(3):
                    await asyncio.sleep(5)
    except TimeoutError:
        say("the outermost", now())


@twin
async def swallowed_or_replaced():
    async with asyncio.timeout(1) as cm:
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            say("swallowed", caught())
        say("goes on", cm.expired(), asyncio.current_task().cancelling())
    say("no error:", cm.expired(), asyncio.current_task().cancelling())
    try:
        async with asyncio.timeout(1) as cm:
            try:
                await asyncio.sleep(5)
            except asyncio.CancelledError:
                raise ValueError("instead") from None
    except ValueError:
        say(caught(), cm.expired(), asyncio.current_task().cancelling())
    try:
        async with asyncio.timeout(1) as cm:
            try:
                await asyncio.sleep(5)
            finally:
                await asyncio.sleep(2)
                say("cleaned up at", now())
    except TimeoutError:
        say(caught(), "at", now())
    try:
        async with asyncio.timeout(1):
            raise asyncio.CancelledError("by hand")
    except asyncio.CancelledError:
        say("not ours:", caught())


@twin
async def cancelled_from_outside():
    async def limited(name, limit):
        try:
            async with asyncio.timeout(limit) as cm:
                await asyncio.sleep(5)
        except TimeoutError:
            say(name, caught(), "at", now(), asyncio.current_task().cancelling())
        except asyncio.CancelledError:
            say(name, caught(), cm.expired(), "at", now(), asyncio.current_task().cancelling())
            raise

    task = asyncio.create_task(limited("before", 2))
    await asyncio.sleep(1)
    task.cancel("outside")
    await asyncio.wait([task])
    say(task.cancelled())
    task = asyncio.create_task(limited("cancelled, then due", 1))
    await turns(1)
    asyncio.get_running_loop().call_later(1, task.cancel, "same turn, timer after")
    await asyncio.wait([task])
    say(task.cancelled(), task.cancelling())
    task = asyncio.create_task(limited("cancelled when it was due", 1))
    asyncio.get_running_loop().call_later(1, task.cancel, "same turn, timer before")
    await asyncio.wait([task])
    say(task.cancelled(), task.cancelling())

    async def cancels_itself():
        try:
            async with asyncio.timeout(1):
                asyncio.current_task().cancel("me")
                await asyncio.sleep(5)
        except asyncio.CancelledError:
            say("itself:", caught(), "at", now(), asyncio.current_task().cancelling())

    await cancels_itself()
    say(asyncio.current_task().uncancel())


@twin
async def with_children():
    async def child(name):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            say(name, caught(), "at", now())
            raise

    try:
        async with asyncio.timeout(1):
            await asyncio.gather(child("a"), child("b"))
    except TimeoutError:
        say("gather", now())
    kept = asyncio.create_task(child("kept"))
    try:
        async with asyncio.timeout(1):
            await asyncio.wait([kept])
    except TimeoutError:
        say("wait cancels nothing:", kept.done(), now())
    try:
        async with asyncio.timeout(1):
            await kept
    except TimeoutError:
        say("await does:", kept.cancelled(), now())
    try:
        async with asyncio.timeout(1):
            async with asyncio.TaskGroup() as group:
                group.create_task(child("c"))
                await child("d, in the body")
    except TimeoutError:
        say("group", now(), asyncio.current_task().cancelling())
