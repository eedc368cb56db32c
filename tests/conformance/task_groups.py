# SPDX-License-Identifier: GPL-3.0-or-later
"""TaskGroup: children, failures, cancellation from inside and outside."""
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


def tell(group, depth=1):
    say(" " * (2 * depth - 1), group)
    for error in getattr(group, "exceptions", ()):
        tell(error, depth + 1)


@twin
async def all_goes_well():
    async with asyncio.TaskGroup() as group:
        a = group.create_task(child("a", 2))
        b = group.create_task(child("b", 1))
        say("in the body:", a.get_name(), b.get_name(), a.done())
        say("b:", await b)
        c = group.create_task(child("c", 3), name="named")
    say(a.result(), b.result(), c.result(), c.get_name(), "at", now())
    async with asyncio.TaskGroup():
        say("an empty one")
    async with asyncio.TaskGroup() as group:
        async def grows(n):
            say("depth", n)
            await asyncio.sleep(1)
            if n < 3:
                group.create_task(grows(n + 1))
                group.create_task(grows(n + 1))

        group.create_task(grows(1))
    say("grown up at", now(), len(asyncio.all_tasks()))


@twin(since="3.13", because="a group that fails takes back its cancellation of the parent")
async def a_child_fails():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child("a", 3))
            group.create_task(child("b", 1, ValueError("b fails")))
            group.create_task(child("c", 1))
            group.create_task(child("d", 5))
            say("body ends")
    except* ValueError as errors:
        say("caught", errors, "at", now(), asyncio.current_task().cancelling())
        tell(errors)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child("e", 1, RuntimeError("while the body waits")))
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                say("the body is told:", caught(), asyncio.current_task().cancelling(), "at", now())
                raise
    except* RuntimeError as errors:
        tell(errors)
    say(asyncio.current_task().cancelling(), len(asyncio.all_tasks()))


@twin
async def the_body_fails():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child("a", 3))
            await asyncio.sleep(1)
            raise ValueError("of the body")
    except* ValueError as errors:
        tell(errors)
    say("at", now())

    async def fails_while_cancelled():
        try:
            await asyncio.sleep(10)
        finally:
            raise RuntimeError("in the clean-up")

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails_while_cancelled())
            group.create_task(child("b", 10))
            await turns(1)
            raise ValueError("first")
    except* (ValueError, RuntimeError) as errors:
        tell(errors)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child("c", 1, ValueError("child")))
            try:
                await asyncio.sleep(5)
            finally:
                raise RuntimeError("body, when told")
    except* Exception as errors:
        tell(errors)


@twin
async def several_fail():
    async def stubborn(delay, error):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            await asyncio.sleep(delay)
            raise error

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child("a", 1, ValueError("a")))
            group.create_task(stubborn(2, RuntimeError("b")))
            group.create_task(stubborn(1, TypeError))
            group.create_task(child("d", 1, ValueError("d, the same turn")))
            group.create_task(child("e", 9))
    except BaseException as errors:
        tell(errors)
    say("at", now())


@twin(since="3.13", because="a cancellation from outside that meets a failure is kept for the next wait")
async def cancelled_from_outside():
    async def runs_a_group(error=None):
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(child("a", 5))
                group.create_task(child("b", 2, error))
                try:
                    await asyncio.sleep(10)
                finally:
                    say("body leaves at", now())
        except asyncio.CancelledError:
            say("group:", caught(), asyncio.current_task().cancelling())
            raise
        except ExceptionGroup:
            tell(caught())
            say("cancelling", asyncio.current_task().cancelling())
            await asyncio.sleep(0)
            say("not reached after a cancellation")

    task = asyncio.create_task(runs_a_group())
    await asyncio.sleep(1)
    task.cancel("outside")
    await asyncio.wait([task])
    say(task.cancelled(), "at", now())

    async def waits_at_the_end():
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(child("c", 5))
        except asyncio.CancelledError:
            say("while it waits for its children:", caught(), "at", now())
            raise

    task = asyncio.create_task(waits_at_the_end())
    await asyncio.sleep(1)
    task.cancel("at the end")
    await asyncio.wait([task])
    say(task.cancelled())
    task = asyncio.create_task(runs_a_group(ValueError("b too")))
    asyncio.get_running_loop().call_later(2, task.cancel, "with the failure")
    await asyncio.wait([task])
    say(task.cancelled(), task.cancelling())
    task = asyncio.create_task(runs_a_group(ValueError("b again")))
    await turns(1)
    loop = asyncio.get_running_loop()
    loop.call_later(2, loop.call_soon, task.cancel, "just after")
    await asyncio.wait([task])
    say(task.cancelled(), task.cancelling())


@twin
async def a_child_is_cancelled():
    async with asyncio.TaskGroup() as group:
        a = group.create_task(child("a", 5))
        b = group.create_task(child("b", 2))
        await asyncio.sleep(1)
        say(a.cancel("alone"))
    say("no error:", a.cancelled(), b.result(), "at", now())

    async def raises_cancelled():
        raise asyncio.CancelledError("own")

    async with asyncio.TaskGroup() as group:
        group.create_task(raises_cancelled())
        group.create_task(child("c", 1))
    say("nor that, at", now())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child("d", 5))
            await turns(1)
            raise asyncio.CancelledError("of the body")
    except asyncio.CancelledError:
        say("raised by the body:", caught(), "at", now())


@twin(since="3.13", because="a group that fails takes back its cancellation of the parent")
async def nested():
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(child("o", 5))

            async def inner():
                try:
                    async with asyncio.TaskGroup() as group:
                        group.create_task(child("i", 5))
                        group.create_task(child("bad", 1, ValueError("deep")))
                finally:
                    say("inner group is over at", now())

            outer.create_task(inner())
    except* ValueError as errors:
        tell(errors)
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(child("p", 1, ValueError("outer")))
            async with asyncio.TaskGroup() as group:
                group.create_task(child("q", 5))
                await asyncio.sleep(3)
    except* ValueError as errors:
        tell(errors)
    say(asyncio.current_task().cancelling(), now())
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(child("r", 1, ValueError("r")))
            async with asyncio.TaskGroup() as group:
                group.create_task(child("s", 1, RuntimeError("s")))
    except BaseException as errors:
        tell(errors)
    say(asyncio.current_task().cancelling(), now())


@twin
async def when_it_shuts_down():
    async def spawns(group):
        try:
            await asyncio.sleep(10)
        finally:
            coroutine = child("too late", 1)
            try:
                group.create_task(coroutine)
            except RuntimeError:
                say(str(caught()).split(">")[-1].strip())
                coroutine.close()

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(spawns(group))
            group.create_task(child("a", 1, ValueError("a")))
    except* ValueError as errors:
        tell(errors)

    async def slow_to_end():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            await asyncio.sleep(3)
            say("slow one is over at", now())

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(slow_to_end())
            group.create_task(child("b", 1, ValueError("b")))
            group.create_task(child("c", 0))
    except* ValueError as errors:
        say("waited for it:", errors, now())


@twin
async def base_errors():
    async def exits():
        await asyncio.sleep(1)
        raise SystemExit(3)

    async def waits():
        try:
            await asyncio.sleep(10)
        finally:
            say("the other one leaves at", now())

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(waits())
            await asyncio.sleep(1)
            raise KeyboardInterrupt("in the body")
    except KeyboardInterrupt:
        say(caught(), asyncio.current_task().cancelling())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child("a", 1, ValueError("a")))
            await asyncio.sleep(5)
    except ExceptionGroup as error:
        say(error.message, len(error.exceptions), error)
    async with asyncio.TaskGroup() as group:
        group.create_task(exits())
        group.create_task(waits())
