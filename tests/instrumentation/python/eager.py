# SPDX-License-Identifier: GPL-3.0-or-later
# Tasks that start in the midst of their creation (3.12).
import asyncio


async def quick():
    return 1


async def slow():
    print("slow begins")
    await asyncio.sleep(0.001)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    assert loop.get_task_factory() is asyncio.eager_task_factory
    one = loop.create_task(quick(), name="quick")
    two = loop.create_task(slow(), name="slow")
    print(one.done(), two.done())
    await two


asyncio.run(main())
