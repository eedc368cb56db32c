# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def some_coro():
    await asyncio.sleep(1)
    print("some_coro: done")
    return 1


async def another_coro():
    await asyncio.sleep(2)
    print("another_coro: done")
    return "two"


async def main():
    async with asyncio.TaskGroup() as group:
        some = group.create_task(some_coro(), name="some")
        another = group.create_task(another_coro(), name="another")
        print("main: the block has nothing more to do")
    print(f"main: both are done: {some.result()} and {another.result()}")


asyncio.run(main())
