# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def fail():
    await asyncio.sleep(1)
    raise ValueError("boom")


async def sibling():
    try:
        await asyncio.sleep(5)
        print("sibling: done")
    except asyncio.CancelledError:
        print("sibling cancelled")
        raise


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(), name="fail")
            group.create_task(sibling(), name="sibling")
            await asyncio.sleep(3)
            print("main: the block is over")
    except ExceptionGroup as group:
        print(repr(group))


asyncio.run(main())
