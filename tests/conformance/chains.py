# SPDX-License-Identifier: GPL-3.0-or-later
"""Long chains of awaits: values, errors and cancellation on their way through, and who cleans up when."""
import asyncio

from twin import caught, now, say, turns, twin


@twin
async def ten_levels():
    async def down(n, fails):
        say("enter", n)
        try:
            if n == 0:
                await asyncio.sleep(1)
                if fails:
                    raise ValueError(f"from the bottom at {now()}")
                return "bottom"
            return await down(n - 1, fails) + f" {n}"
        finally:
            say("leave", n)

    say(await down(10, False))
    try:
        await down(10, True)
    except ValueError:
        say(caught())
    task = asyncio.create_task(down(5, False))
    await turns(1)
    task.cancel("from above")
    try:
        await task
    except asyncio.CancelledError:
        say(caught(), now())


@twin
async def errors_change_on_the_way():
    async def level(n):
        try:
            if n == 0:
                await asyncio.sleep(0)
                raise ValueError("0")
            return await level(n - 1)
        except ValueError as error:
            say("level", n, "sees", error)
            if n == 2:
                raise RuntimeError("changed at 2") from None
            if n == 1:
                raise
            raise
        except RuntimeError as error:
            say("level", n, "sees", error)
            if n == 4:
                return "healed at 4"
            raise

    say(await level(6))

    async def cleans(n):
        try:
            await asyncio.sleep(5)
        finally:
            if n > 0:
                say("clean-up of", n, "awaits")
                await asyncio.sleep(n)
                say("clean-up of", n, "done at", now())

    async def outer():
        try:
            await cleans(2)
        except asyncio.CancelledError:
            say("outer has", caught(), "at", now())
            await cleans(0)

    task = asyncio.create_task(outer())
    await asyncio.sleep(1)
    task.cancel("one")
    await asyncio.sleep(4)
    task.cancel("two")
    try:
        await task
    except asyncio.CancelledError:
        say("main:", caught(), "at", now())


@twin
async def a_thousand_tasks():
    async def link(n, previous):
        try:
            return await previous + 1 if previous else 0
        finally:
            if n % 250 == 0:
                say("link", n, "ends")

    previous = None
    tasks = []
    for n in range(1001):
        previous = asyncio.create_task(link(n, previous))
        tasks.append(previous)
    say(await previous)
    start = asyncio.get_running_loop().create_future()
    previous = start
    for n in range(101):
        previous = asyncio.create_task(link(n, previous))
    await turns(2)
    previous.cancel("through all of them")
    try:
        await previous
    except asyncio.CancelledError:
        say(caught(), start.cancelled())


@twin
async def many_awaits_in_a_row():
    async def leaf(i):
        return i

    async def sums(n):
        total = 0
        for i in range(n):
            total += await leaf(i)
        return total

    async def deep(n):
        return 0 if n == 0 else 1 + await deep(n - 1)

    count = 0

    def tick():
        nonlocal count
        count += 1
        if count < 5:
            asyncio.get_running_loop().call_soon(tick)

    asyncio.get_running_loop().call_soon(tick)
    say(await sums(1000), await deep(100), "turns of the loop:", count)
    await turns(1)
    say(count)
    done = asyncio.get_running_loop().create_future()
    done.set_result(1)
    total = 0
    for _ in range(100):
        total += await done
    say(total, count)


@twin
async def guards():
    class Guard:
        def __init__(self, name, enter=0, leave=0):
            self.name, self.enter, self.leave = name, enter, leave

        async def __aenter__(self):
            await asyncio.sleep(self.enter)
            say("enter", self.name, now())
            return self

        async def __aexit__(self, kind, error, traceback):
            await asyncio.sleep(self.leave)
            say("leave", self.name, error, now())

    async def body(fails):
        async with Guard("a", 1, 1):
            async with Guard("b", 1, 1):
                if fails:
                    raise ValueError("inside")
                await asyncio.sleep(10)
        return "unreached"

    try:
        await body(True)
    except ValueError:
        say(caught(), now())
    task = asyncio.create_task(body(False))
    await asyncio.sleep(3)
    task.cancel("stop")
    try:
        await task
    except asyncio.CancelledError:
        say(caught(), now())
    task = asyncio.create_task(body(False))
    await asyncio.sleep(1.5)
    task.cancel("while it enters")
    try:
        await task
    except asyncio.CancelledError:
        say(caught(), now())


@twin
async def results_are_shared():
    async def producer():
        await asyncio.sleep(1)
        return ["shared"]

    async def consumer(name, task):
        value = await task
        say(name, value, "at", now())
        return value

    task = asyncio.create_task(producer())
    first, second = await asyncio.gather(consumer("x", task), consumer("y", task))
    say(first == second, await task == first)
    value = await asyncio.wait_for(asyncio.shield(task), 1)
    say(value, asyncio.shield(task) is task)

    async def fails():
        await asyncio.sleep(1)
        raise ValueError("shared too")

    async def sees(name, task):
        try:
            await task
        except ValueError:
            say(name, caught())
        else:
            say("not reached")

    task = asyncio.create_task(fails())
    await asyncio.gather(*(sees(n, task) for n in "pqr"))
