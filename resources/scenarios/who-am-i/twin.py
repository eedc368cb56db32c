# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


def everybody():
    """The names of all tasks that are not done, sorted."""
    return ", ".join(sorted(t.get_name() for t in asyncio.all_tasks()))


async def helper():
    print(f"helper: I am {asyncio.current_task().get_name()}")


async def work():
    print(f"work: I am {asyncio.current_task().get_name()}")
    await helper()
    await asyncio.sleep(1)
    print(f"work: now I am {asyncio.current_task().get_name()}")


def callback():
    who = "a task" if asyncio.current_task() else "no task"
    print(f"callback: I am {who}")


async def main():
    print(f"main: I am {asyncio.current_task().get_name()}")
    first = asyncio.create_task(work())
    second = asyncio.create_task(work(), name="Bob")
    print(f"main: there are {everybody()}")
    await asyncio.sleep(0.5)
    first.set_name("Ann")
    asyncio.get_running_loop().call_soon(callback)
    await first
    await second
    print(f"main: there is {everybody()}")


asyncio.run(main())
