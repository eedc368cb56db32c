# SPDX-License-Identifier: GPL-3.0-or-later
# Tasks that are asked, each by itself, to start in the midst of their creation (3.14). With "factory" by a loop whose
# tasks come from a factory.
import asyncio
import sys


async def quick():
    return 1


async def slow(name):
    print(name, "begins")
    await asyncio.sleep(0.001)


async def main():
    loop = asyncio.get_running_loop()
    if sys.argv[1] == "factory":
        loop.set_task_factory(asyncio.create_eager_task_factory(asyncio.Task))
    one = asyncio.create_task(quick(), name="quick", eager_start=True)
    two = loop.create_task(slow("slow"), name="slow", eager_start=True)
    print(one.done(), two.done())
    async with asyncio.TaskGroup() as group:
        group.create_task(slow("grouped"), name="grouped", eager_start=True)
        group.create_task(quick(), name="late", eager_start=False)


asyncio.run(main())
