# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks: names, results, callbacks, who is current."""
import asyncio

from twin import caught, new_loop, now, program, say, turns, twin


@twin(since="3.13", because="before, a task that was given a name took a number too")
async def names():
    async def child():
        say("in", asyncio.current_task().get_name())
        return asyncio.current_task().get_name()

    say("main is", asyncio.current_task().get_name())
    a = asyncio.create_task(child())
    b = asyncio.create_task(child(), name="named")
    c = asyncio.create_task(child())
    say(a.get_name(), b.get_name(), c.get_name())
    c.set_name("renamed")
    say("before they run:", sorted(t.get_name() for t in asyncio.all_tasks()))
    say(await b, await a, await c)
    b.set_name("late")
    say(a.get_name(), b.get_name(), c.get_name(), "still", b.result())
    d = asyncio.ensure_future(child())
    say("the counter went on:", d.get_name(), asyncio.ensure_future(d) is d)
    say(await d, "at", now())


@twin
async def callbacks():
    async def work():
        say("work begins")
        await asyncio.sleep(1)
        say("work ends")
        return 7

    def told(name):
        return lambda task: say(name, "sees", task.result(), "done" if task.done() else "pending")

    task = asyncio.create_task(work())
    first, twice, gone = told("first"), told("twice"), told("gone")
    task.add_done_callback(first)
    task.add_done_callback(twice)
    task.add_done_callback(gone)
    task.add_done_callback(twice)
    say("removed", task.remove_done_callback(gone), "again", task.remove_done_callback(gone))

    def last(done):
        say("last schedules more")
        done.add_done_callback(told("added in a callback"))
        asyncio.get_running_loop().call_soon(lambda: say("call_soon from a callback"))

    task.add_done_callback(last)
    say("result", await task)
    task.add_done_callback(told("added when done"))
    say("nothing is called at once")
    await turns(1)
    say("end at", now())


@twin
async def results():
    async def gives():
        return 1, "two"

    async def fails():
        await asyncio.sleep(0)
        raise ValueError("bad")

    good, bad = asyncio.create_task(gives()), asyncio.create_task(fails())
    for task in (good, bad):
        try:
            task.result()
        except asyncio.InvalidStateError:
            say(caught())
        try:
            task.exception()
        except asyncio.InvalidStateError:
            say(caught())
    await turns(1)
    say(good.done(), good.cancelled(), good.result(), good.exception())
    say(bad.done(), bad.cancelled())
    for _ in range(2):
        try:
            await bad
        except ValueError:
            say("awaited:", caught())
    say("exception():", bad.exception())
    try:
        bad.result()
    except ValueError:
        say("result():", caught())
    for setter, value in ((good.set_result, 1), (bad.set_exception, ValueError("no"))):
        try:
            setter(value)
        except RuntimeError:
            say(caught())
    say("cancel of a done one:", good.cancel(), bad.cancel(), good.cancelling(), bad.cancelling())


@twin
async def awaited_by_many():
    async def work():
        await asyncio.sleep(1)
        return "done"

    async def waits(name, task):
        say(name, "waits")
        say(name, "has", await task, "at", now())
        say(name, "again", await task)

    task = asyncio.create_task(work())
    waiters = [asyncio.create_task(waits(f"w{i}", task)) for i in range(4)]
    await turns(1)
    asyncio.get_running_loop().call_later(1, lambda: say("a timer of the same moment"))
    say("cancel one:", waiters[1].cancel(), "and thereby the task:", task.cancelled())
    await turns(3)
    say([w.done() for w in waiters], [w.cancelled() for w in waiters], task.cancelled())
    second = asyncio.create_task(work())
    others = [asyncio.create_task(waits(f"o{i}", second)) for i in range(3)]
    await others[2]
    say([w.done() for w in others])


@twin
async def itself():
    async def narcissus():
        try:
            await me
        except RuntimeError:
            say(str(caught()).split(":")[0])
        await asyncio.sleep(0)
        return "lives"

    me = asyncio.create_task(narcissus())
    say(await me)

    c = asyncio.get_running_loop().create_future()

    async def late():
        return await c

    third = asyncio.create_task(late())
    await turns(1)
    third.cancel()
    await turns(2)
    say("the awaited future too:", c.cancelled(), third.cancelled())


@twin
async def dropped():
    async def alone(name, delay):
        try:
            await asyncio.sleep(delay)
            say(name, "ran on, at", now())
        finally:
            say(name, "leaves")

    async def makes():
        asyncio.create_task(alone("grandchild", 2))
        asyncio.create_task(alone("second", 1))
        return "made"

    say(await asyncio.create_task(makes()))
    say(len(asyncio.all_tasks()))
    await asyncio.sleep(1.5)
    say(len(asyncio.all_tasks()))
    asyncio.create_task(alone("cut off by the end", 100))
    await asyncio.sleep(1)
    say("main ends")


@twin
async def who_is_current():
    def name():
        task = asyncio.current_task()
        return task.get_name() if task else None

    async def inner():
        say("an awaited coroutine:", name())
        await asyncio.sleep(0)
        say("after a turn:", name())

    async def outer():
        await inner()
        await asyncio.create_task(inner(), name="nested")
        say("back in", name(), "of", len(asyncio.all_tasks()))

    asyncio.get_running_loop().call_soon(lambda: say("in a callback:", name()))
    asyncio.get_running_loop().call_later(1, lambda: say("in a timer:", name()))
    task = asyncio.create_task(outer(), name="outer")
    task.add_done_callback(lambda done: say("in a done callback:", name(), done.get_name()))
    await task
    await asyncio.sleep(2)
    say("main:", name(), "of", len(asyncio.all_tasks()))
    say(task in asyncio.all_tasks(), asyncio.current_task() in asyncio.all_tasks())


@twin
async def side_by_side():
    loop = asyncio.get_running_loop()

    async def child(name, rounds):
        for i in range(rounds):
            say(name, i)
            await asyncio.sleep(0)
        loop.call_soon(say, name, "left a callback")

    loop.call_soon(say, "soon 1")
    a = asyncio.create_task(child("a", 2))
    loop.call_soon(say, "soon 2")
    b = asyncio.create_task(child("b", 3))
    cancelled = loop.call_soon(say, "never")
    loop.call_later(0, say, "later 0")
    loop.call_soon(say, "soon 3")
    cancelled.cancel()
    say(cancelled.cancelled())
    await a
    say("a is done")
    await b
    say("b is done")
    await turns(1)


@twin
async def broken_callbacks():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: say("handler:", context["exception"]))

    def breaks(*_):
        raise ValueError("in a callback")

    async def work():
        await asyncio.sleep(1)
        return 3

    task = asyncio.create_task(work())
    task.add_done_callback(lambda _: say("before"))
    task.add_done_callback(breaks)
    task.add_done_callback(lambda _: say("after"))
    loop.call_soon(breaks)
    loop.call_soon(say, "the loop goes on")
    loop.call_later(0.5, breaks)
    say("result", await task, "at", now())
    await turns(1)

    def handler_breaks(loop, context):
        say("handler breaks too")
        raise RuntimeError("handler")

    loop.set_exception_handler(handler_breaks)
    loop.call_soon(breaks)
    await turns(2)
    say("main goes on")


@program
def of_another_loop():
    first, second = new_loop(), new_loop()
    future = second.create_future()

    async def waits():
        try:
            await future
        except RuntimeError:
            say("attached to a different loop" in str(caught()))
        return asyncio.get_running_loop() is first

    say(first.run_until_complete(waits()))
    say(future.done())
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        say(caught())

    async def nested():
        inner = asyncio.sleep(0)
        try:
            second.run_until_complete(inner)
        except RuntimeError:
            say(caught())
        inner.close()
        return "nested"

    say(first.run_until_complete(nested()))
    first.close()
    second.close()
    try:
        first.call_soon(print)
    except RuntimeError:
        say(caught())
    say(first.is_closed(), first.is_running())


@program
def a_ring():
    async def main():
        async def waits_for(name):
            await ring[name]

        ring = {}
        ring["a"] = asyncio.create_task(waits_for("b"))
        ring["b"] = asyncio.create_task(waits_for("c"))
        ring["c"] = asyncio.create_task(waits_for("b"))
        await turns(3)
        say("it hangs:", ring["a"].done(), ring["b"].done(), ring["c"].done())
        try:
            ring["a"].cancel()
        except RuntimeError:
            say("and cannot be cancelled")
        await turns(3)
        return len(asyncio.all_tasks())

    loop = new_loop()
    say(loop.run_until_complete(main()))
    loop.close()
