# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def some_coro(number):
    await asyncio.sleep(1)
    print(number)


async def main():
    background = set()
    for i in range(10):
        task = asyncio.create_task(some_coro(i), name=f"number {i}")
        background.add(task)
        task.add_done_callback(background.discard)
    print(f"{len(background)} in the background")
    await asyncio.sleep(2)
    print(f"{len(background)} left")


asyncio.run(main())
