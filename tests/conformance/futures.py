# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain futures: states, callbacks, errors that nobody takes."""
import asyncio

from twin import caught, new_loop, now, program, say, turns, twin


def tried(call, *arguments):
    try:
        return call(*arguments)
    except (asyncio.InvalidStateError, asyncio.CancelledError, TypeError, ValueError):
        return caught()


@twin
async def states():
    loop = asyncio.get_running_loop()
    pending, finished, failed, gone = (loop.create_future() for _ in range(4))
    finished.set_result(1)
    failed.set_exception(ValueError("no"))
    gone.cancel("bye")
    for future in (pending, finished, failed, gone):
        say(future.done(), future.cancelled())
        say(tried(future.result))
        say(tried(future.exception))
    for future in (finished, failed, gone):
        say(tried(future.set_result, 2), tried(future.set_exception, ValueError("again")), future.cancel())
    say(finished.result(), failed.exception(), gone.cancelled())
    say(pending.cancel(), pending.cancel(), pending.cancelled(), tried(pending.result))
    say(tried(gone.result), tried(gone.result))


@twin
async def callbacks():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def told(name):
        def callback(done):
            say(name, done.result(), done is future)
            if name == "b":
                future.remove_done_callback(last)
                future.add_done_callback(lambda _: say("added by b"))
        return callback

    last = told("last")
    future.add_done_callback(told("a"))
    future.add_done_callback(told("b"))
    future.add_done_callback(told("c"))
    future.add_done_callback(last)
    loop.call_soon(lambda: say("before it is set"))
    loop.call_soon(future.set_result, 7)
    loop.call_soon(lambda: say("after it is set:", future.done()))
    say(await future)
    say("main comes in its turn")
    await turns(2)
    again = loop.create_future()
    callback = lambda _: say("never")
    again.add_done_callback(callback)
    say(again.remove_done_callback(callback))
    again.set_result(None)
    await turns(1)
    say("nothing was called")


@twin
async def who_waits_first():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    async def waits(name):
        say(name, await future)

    async def waits_twice(name):
        say(name, await future)
        say(name, "again", await future)
        await asyncio.sleep(0)
        say(name, "after a turn", await future)

    tasks = [asyncio.create_task(waits("a")), asyncio.create_task(waits_twice("b"))]
    await turns(1)
    future.add_done_callback(lambda _: say("a callback between"))
    tasks += [asyncio.create_task(waits("c"))]
    await turns(1)
    tasks[0].cancel()
    say("the future went with it:", future.cancelled())
    await asyncio.wait(tasks)
    say([t.cancelled() for t in tasks])
    future = loop.create_future()
    tasks = [asyncio.create_task(waits_twice(n)) for n in "de"]
    loop.call_later(1, future.set_result, "value")
    await asyncio.wait(tasks)
    say(now())


@twin
async def errors_go_to_all():
    future = asyncio.get_running_loop().create_future()
    error = ValueError("shared")

    async def waits(name):
        try:
            await future
        except ValueError:
            say(name, caught(), caught() is error)

    tasks = [asyncio.create_task(waits(n)) for n in "abc"]
    await turns(1)
    future.set_exception(error)
    await asyncio.wait(tasks)
    say(future.exception() is error)
    await waits("main")
    other = asyncio.get_running_loop().create_future()
    other.add_done_callback(lambda done: say("callback:", done.exception()))
    asyncio.get_running_loop().call_soon(other.set_exception, RuntimeError("r"))
    try:
        await asyncio.gather(other, asyncio.sleep(1))
    except RuntimeError:
        say("gather:", caught(), now())


@twin
async def lost_errors():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: say("handler:", context["message"], context["exception"]))

    async def fails(name):
        raise ValueError(name)

    loop.create_future().set_exception(ValueError("of a future"))
    say("told at once")
    task = asyncio.create_task(fails("of a task"))
    await turns(1)
    say("a handle keeps it quiet")
    del task
    say("and then it does not")
    task = asyncio.create_task(fails("looked at"))
    await turns(1)
    say(task.exception())
    del task
    task = asyncio.create_task(fails("cancelled when done"))
    await turns(1)
    say(task.cancel())
    del task
    future = loop.create_future()
    future.set_exception(ValueError("awaited"))
    try:
        await future
    except ValueError:
        say(caught())
    del future
    gathered = asyncio.gather(fails("first"), fails("second"))
    try:
        await gathered
    except ValueError:
        say("gather:", caught())
    await turns(2)
    del gathered
    say("end")


@twin
async def across_tasks():
    loop = asyncio.get_running_loop()
    ping, pong = loop.create_future(), loop.create_future()

    async def player(name, mine, theirs, serve):
        nonlocal ping, pong
        for i in range(3):
            if serve:
                say(name, "serves", i)
                theirs().set_result(f"{name} {i}")
            value = await mine()
            say(name, "gets", value)
            if mine() is ping:
                ping = loop.create_future()
            else:
                pong = loop.create_future()
            if not serve:
                theirs().set_result(f"{name} {i}")

    a = asyncio.create_task(player("a", lambda: ping, lambda: pong, True))
    b = asyncio.create_task(player("b", lambda: pong, lambda: ping, False))
    await asyncio.gather(a, b)
    say(ping.done(), pong.done())
    first, second = loop.create_future(), loop.create_future()
    first.add_done_callback(lambda done: second.set_result(done.result() + 1))
    second.add_done_callback(lambda done: say("chained:", done.result()))
    first.set_result(1)
    say(second.done(), await second)


@program
def by_hand():
    loop = new_loop()
    future = loop.create_future()
    loop.call_later(1, future.set_result, "late")
    say(loop.run_until_complete(future), loop.time())
    say(loop.run_until_complete(future), "again")
    failed = loop.create_future()
    loop.call_soon(failed.set_exception, ValueError("in run_until_complete"))
    say(tried(loop.run_until_complete, failed))
    gone = loop.create_future()
    loop.call_soon(gone.cancel, "gone")
    say(tried(loop.run_until_complete, gone))
    never = loop.create_future()
    loop.call_soon(loop.stop)
    try:
        loop.run_until_complete(never)
    except RuntimeError:
        say(caught(), never.done())
    loop.call_soon(say, "one more turn")
    loop.call_soon(loop.stop)
    loop.run_forever()
    say(loop.is_running(), loop.is_closed())
    loop.close()
    try:
        loop.run_until_complete(never)
    except RuntimeError:
        say(caught())
