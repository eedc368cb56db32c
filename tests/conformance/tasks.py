# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks: names, results, callbacks, who is current."""
import asyncio

from twin import caught, now, say, turns, twin


@twin(since="3.12", because="before, a task that was given a name took a number too")
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
