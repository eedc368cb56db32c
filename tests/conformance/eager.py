# SPDX-License-Identifier: GPL-3.0-or-later
"""Eager tasks: the first step runs inside create_task()."""
import asyncio

from twin import caught, now, say, turns, twin

SINCE = "eager_task_factory is new"


def become_eager():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)


def name():
    task = asyncio.current_task()
    return task.get_name() if task else None


@twin(since="3.12", because=SINCE)
async def first_steps():
    async def at_once(value):
        say("runs in", name())
        return value

    async def suspends(value):
        say(value, "begins in", name())
        await asyncio.sleep(0)
        say(value, "goes on")
        return value

    become_eager()
    task = asyncio.create_task(at_once(1))
    say("back in", name(), task.done(), task.result(), len(asyncio.all_tasks()))
    slow = asyncio.create_task(suspends("slow"))
    say("back in", name(), slow.done(), len(asyncio.all_tasks()))
    say(await task, await slow)
    task.add_done_callback(lambda done: say("callback of a done one:", done.result()))
    say("not called at once")
    await turns(1)
    asyncio.get_running_loop().set_task_factory(None)
    lazy = asyncio.create_task(at_once(2))
    say("lazy again:", lazy.done())
    await lazy


@twin(since="3.12", because=SINCE)
async def nested():
    async def leaf(n):
        say("leaf", n, "in", name())
        if n % 2:
            await asyncio.sleep(1)
        return n

    async def branch(n):
        say("branch", n, "in", name())
        a = asyncio.create_task(leaf(2 * n))
        b = asyncio.create_task(leaf(2 * n + 1))
        say("branch", n, "still in", name(), a.done(), b.done())
        return await a + await b

    become_eager()
    tasks = [asyncio.create_task(branch(n)) for n in (1, 2)]
    say("main is", name(), [t.done() for t in tasks])
    say(await asyncio.gather(*tasks), "at", now())
    both = asyncio.gather(leaf(4), leaf(6))
    say("a gather of quick ones:", both.done(), await both)
    done, pending = await asyncio.wait([asyncio.create_task(leaf(8)), asyncio.create_task(leaf(9))],
                                       return_when=asyncio.FIRST_COMPLETED)
    say(len(done), len(pending), now())
    await asyncio.sleep(1)


@twin(since="3.12", because=SINCE)
async def errors_and_cancellation():
    async def fails():
        raise ValueError("at once")

    async def fails_later():
        await asyncio.sleep(0)
        raise ValueError("later")

    async def cancelled():
        raise asyncio.CancelledError("its own")

    async def cancels_itself():
        asyncio.current_task().cancel("me")
        say("runs on", asyncio.current_task().cancelling())
        await asyncio.sleep(1)

    async def waits():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            say("it had begun:", caught())
            raise

    become_eager()
    for body in (fails, fails_later, cancelled, cancels_itself):
        task = asyncio.create_task(body())
        say(body.__name__, task.done(), task.cancelled())
        try:
            await task
        except (ValueError, asyncio.CancelledError):
            say(caught(), task.done(), task.cancelled())
    task = asyncio.create_task(waits())
    say(task.cancel("before its second step"), task.done())
    try:
        await task
    except asyncio.CancelledError:
        say("main:", caught(), name())


@twin(since="3.12", because=SINCE)
async def in_groups():
    async def child(n, delay):
        if delay:
            await asyncio.sleep(delay)
        say("child", n, "at", now())
        if n == 3:
            raise ValueError("three")
        return n

    become_eager()
    async with asyncio.TaskGroup() as group:
        a = group.create_task(child(1, 0))
        say("done in the body:", a.done())
        b = group.create_task(child(2, 1))
    say(a.result(), b.result(), now())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child(4, 5))
            group.create_task(child(3, 0))
            say("the body goes on")
            await asyncio.sleep(5)
            say("not reached")
    except ExceptionGroup:
        say(caught(), caught().exceptions[0], now())
    try:
        async with asyncio.timeout(1):
            await asyncio.create_task(child(5, 3))
    except TimeoutError:
        say("timed out at", now())
    say(await asyncio.wait_for(child(6, 0), 1))
    say(await asyncio.shield(child(7, 1)), now())


@twin(since="3.12", because=SINCE)
async def order_among_others():
    loop = asyncio.get_running_loop()
    queue = asyncio.Queue()

    async def producer():
        for i in range(3):
            say("puts", i)
            queue.put_nowait(i)
            await asyncio.sleep(0)

    async def consumer():
        for _ in range(3):
            say("gets", await queue.get())

    become_eager()
    loop.call_soon(say, "a callback of before")
    c = asyncio.create_task(consumer())
    loop.call_soon(say, "a callback between")
    p = asyncio.create_task(producer())
    loop.call_soon(say, "a callback of after")
    say("main")
    await asyncio.gather(c, p)
    done = loop.create_future()
    done.set_result(1)

    async def no_wait():
        return await done

    say("a done future keeps it eager:", asyncio.create_task(no_wait()).done())
