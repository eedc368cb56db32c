# SPDX-License-Identifier: GPL-3.0-or-later
"""Asynchronous generators: values, closing, errors, the end of the loop."""
import asyncio

from twin import caught, now, say, turns, twin


async def counts(name, n, delay=0):
    try:
        for i in range(n):
            if delay:
                await asyncio.sleep(delay)
            say(name, "yields", i)
            yield i
        say(name, "has no more")
    finally:
        say(name, "leaves at", now())


@twin
async def one_after_another():
    async for value in counts("a", 3):
        say("got", value)
    total = 0
    async for value in counts("b", 3, 1):
        total += value
    say(total, "at", now())
    generator = counts("c", 1)
    say(await anext(generator), await anext(generator, None), await anext(generator, None))
    async for value in counts("d", 0):
        say("not reached")
    both = counts("e", 2)
    async for value in both:
        say("first loop", value)
        break
    async for value in both:
        say("second loop", value)


@twin
async def closing():
    generator = counts("a", 5)
    say(await anext(generator), await anext(generator))
    await generator.aclose()
    say("closed:", await anext(generator, None))
    await generator.aclose()
    unstarted = counts("never begun", 3)
    await unstarted.aclose()
    say("nothing to clean up:", await anext(unstarted, None))

    async def cleans():
        try:
            yield 1
            yield 2
        finally:
            say("clean-up awaits")
            await asyncio.sleep(1)
            say("cleaned up at", now())

    generator = cleans()
    say(await anext(generator))
    await generator.aclose()
    say("at", now())
    async for value in counts("b", 2):
        say(value)
    await generator.aclose()
    say("closed twice")


@twin
async def errors():
    async def fails():
        yield 1
        await asyncio.sleep(1)
        raise ValueError("of the generator")

    generator = fails()
    try:
        async for value in generator:
            say(value)
    except ValueError:
        say(caught(), "at", now())
    say("it is over:", await anext(generator, None))

    async def heals():
        for i in range(3):
            try:
                if i == 1:
                    raise ValueError("inside")
                yield i
            except ValueError as error:
                say("healed", error)

    async for value in heals():
        say(value)

    async def breaks_on_close():
        try:
            yield 1
        finally:
            raise RuntimeError("while it closes")

    generator = breaks_on_close()
    await anext(generator)
    try:
        await generator.aclose()
    except RuntimeError:
        say(caught())
    generator = counts("c", 3)
    try:
        async for value in generator:
            raise ValueError("of the consumer")
    except ValueError:
        say(caught())
    await generator.aclose()


@twin
async def cancellation():
    async def consumes(generator):
        try:
            async for value in generator:
                say("consumed", value)
        except asyncio.CancelledError:
            say("consumer:", caught())
            raise

    async def slow():
        try:
            for i in range(5):
                await asyncio.sleep(1)
                yield i
        except asyncio.CancelledError:
            say("generator:", caught(), "at", now())
            raise

    generator = slow()
    task = asyncio.create_task(consumes(generator))
    await asyncio.sleep(2.5)
    task.cancel("mid-way")
    await asyncio.wait([task])
    say(task.cancelled(), await anext(generator, "exhausted"))

    async def stubborn():
        for i in range(4):
            try:
                await asyncio.sleep(1)
                yield i
            except asyncio.CancelledError:
                say("swallowed", caught())
                yield -1

    task = asyncio.create_task(consumes(stubborn()))
    await asyncio.sleep(1.5)
    task.cancel("no")
    await asyncio.wait([task])
    say(task.cancelled(), now())
    try:
        async with asyncio.timeout(1.5):
            await consumes(slow())
    except TimeoutError:
        say("timed out at", now())


@twin
async def nested_and_shared():
    async def squares(source):
        async for value in source:
            yield value * value

    async def evens(source):
        async for value in source:
            if value % 2 == 0:
                yield value

    async for value in squares(evens(counts("a", 5))):
        say(value)
    shared = counts("shared", 4, 1)

    async def takes(name, n):
        for _ in range(n):
            say(name, await anext(shared), now())

    await takes("x", 2)
    await asyncio.create_task(takes("y", 2))
    say(await anext(shared, "no more"))

    busy = counts("busy", 3, 1)
    first = asyncio.create_task(takes_one(busy))
    await turns(1)
    try:
        await anext(busy)
    except RuntimeError:
        say(caught())
    try:
        await busy.aclose()
    except RuntimeError:
        say(caught())
    say(await first)
    await busy.aclose()


async def takes_one(generator):
    return await anext(generator)


@twin
async def at_the_end_of_run():
    async def left_open():
        try:
            for i in range(10):
                yield i
        finally:
            say("finalised: awaits")
            await asyncio.sleep(1)
            say("finalised at", now())

    generator = left_open()
    say(await anext(generator))
    kept.append(generator)
    other = counts("exhausted", 1)
    async for value in other:
        say(value)
    say("main ends")


kept = []


@twin
async def shut_down_by_hand():
    async def left_open(name):
        try:
            yield name
        finally:
            say(name, "is closed at", now())

    async def fails():
        try:
            yield 1
        finally:
            raise ValueError("in its clean-up")

    asyncio.get_running_loop().set_exception_handler(
        lambda loop, context: say("handler:", context["exception"]))
    a, b = left_open("a"), fails()
    say(await anext(a), await anext(b))
    await asyncio.get_running_loop().shutdown_asyncgens()
    say(await anext(a, "over"), await anext(b, "over"))
