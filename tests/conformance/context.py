# SPDX-License-Identifier: GPL-3.0-or-later
"""Context variables: who sees what, tokens, callbacks, threads."""
import asyncio
import contextvars

from twin import caught, new_loop, now, program, say, turns, twin

var = contextvars.ContextVar("var", default="default")
bare = contextvars.ContextVar("bare")


@twin
async def tasks_have_copies():
    async def child(name):
        say(name, "begins with", var.get())
        var.set(name)
        await asyncio.sleep(0)
        say(name, "keeps", var.get())
        return var.get()

    say(var.get())
    var.set("main")
    a = asyncio.create_task(child("a"))
    var.set("main, later")
    b = asyncio.create_task(child("b"))
    await turns(1)
    say("main keeps", var.get())
    say(await a, await b, var.get())
    say("awaited in place:", await child("c"), var.get())
    say(await asyncio.gather(child("d"), child("e")), var.get())
    say(await asyncio.wait_for(asyncio.create_task(child("f")), 1), var.get())


@twin
async def tokens():
    first = var.set("one")
    second = var.set("two")
    say(var.get(), second.old_value)
    var.reset(second)
    say(var.get())
    var.reset(first)
    say(var.get())
    try:
        var.reset(first)
    except RuntimeError:
        say(type(caught()).__name__)
    other = bare.set("other")
    try:
        var.reset(other)
    except ValueError:
        say(type(caught()).__name__)
    say(bare.get(), bare.get("fallback"))
    bare.reset(other)
    say(bare.get("fallback"))
    try:
        bare.get()
        say("found")
    except LookupError:
        say("not found")
    third = var.set("outer")
    fourth = var.set("inner")
    var.reset(third)
    say("out of order:", var.get())
    var.reset(fourth)
    say(var.get())


@twin
async def a_token_of_another_context():
    kept = []

    async def child():
        kept.append(var.set("child"))

    await asyncio.create_task(child())
    try:
        var.reset(kept[0])
        say("reset")
    except ValueError:
        say(type(caught()).__name__, var.get())

    async def in_place():
        kept.append(var.set("in place"))

    await in_place()
    say(var.get())
    var.reset(kept[1])
    say(var.get())


@twin
async def callbacks():
    loop = asyncio.get_running_loop()

    def tell(name, *_):
        say(name, var.get())

    var.set("1")
    loop.call_soon(tell, "soon")
    loop.call_later(1, tell, "later")
    future = loop.create_future()
    future.add_done_callback(lambda _: tell("first callback"))
    var.set("2")
    future.add_done_callback(lambda _: tell("second callback"))
    loop.call_soon(tell, "soon")

    def changes():
        var.set("changed by a callback")
        tell("changes")
        loop.call_soon(tell, "scheduled by it")

    loop.call_soon(changes)
    var.set("3")
    future.set_result(None)
    await turns(2)
    tell("main")

    async def child():
        var.set("child")
        return "done"

    task = asyncio.create_task(child())
    task.add_done_callback(lambda _: tell("of the one who added it:"))
    var.set("4")
    await task
    await asyncio.sleep(2)
    tell("main")


@twin
async def through_structures():
    async def child(name):
        value = var.get()
        var.set(name)
        await asyncio.sleep(1)
        return value

    var.set("group")
    async with asyncio.TaskGroup() as group:
        a = group.create_task(child("a"))
        var.set("changed in the body")
        b = group.create_task(child("b"))
    say(a.result(), b.result(), var.get())
    async with asyncio.timeout(5):
        var.set("inside a timeout")
        say(await child("c"))
    say("a timeout is no task:", var.get())

    async def generator():
        for i in range(3):
            var.set(f"set by the generator {i}")
            yield var.get()

    async for value in generator():
        say(value, var.get())
    for next_one in asyncio.as_completed([child("d")]):
        say(await next_one, var.get())
    say(await asyncio.shield(child("e")), var.get())


@twin(clock="real")
async def threads():
    def work(name):
        before = var.get()
        var.set(name)
        return before, var.get()

    var.set("main")
    say(await asyncio.to_thread(work, "thread"))
    say(var.get())
    say(await asyncio.gather(asyncio.to_thread(work, "x"), asyncio.to_thread(work, "y")))
    say(var.get())

    async def child():
        var.set("child")
        return await asyncio.to_thread(work, "of the child")

    say(await asyncio.create_task(child()), var.get())

    def fails():
        raise ValueError(var.get())

    try:
        await asyncio.to_thread(fails)
    except ValueError:
        say(caught())


@program
def runs():
    async def main(name):
        before = var.get()
        var.set(name)
        return before

    with asyncio.Runner(loop_factory=new_loop) as runner:
        say(runner.run(main("first")), runner.run(main("second")), runner.run(main("third")))
    say("outside:", var.get())
    var.set("of the program")
    with asyncio.Runner(loop_factory=new_loop) as runner:
        say(runner.run(main("in a new one")))
    loop = new_loop()
    say(loop.run_until_complete(main("by hand")), var.get())
    loop.close()
