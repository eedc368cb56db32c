# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def price(euros, takes):
    await asyncio.sleep(takes)
    if euros < 0:
        raise ValueError("sold out")
    print(f"price: {euros}")
    return euros


async def total():
    tasks = []
    async with asyncio.TaskGroup() as tg:
        tasks.append(tg.create_task(price(10, 1), name="shop 1"))
        tasks.append(tg.create_task(price(-1, 2), name="shop 2"))
        tasks.append(tg.create_task(price(30, 3), name="shop 3"))
    return tasks[0].result() + tasks[2].result()


async def main():
    try:
        sum = await total()
        print(f"main: {sum}")
    except ExceptionGroup:
        print("main: no prices at all")


async def expected():
    one = asyncio.create_task(price(10, 1), name="shop 1")
    two = asyncio.create_task(price(-1, 2), name="shop 2")
    three = asyncio.create_task(price(30, 3), name="shop 3")
    results = await asyncio.gather(one, two, three, return_exceptions=True)
    sum = results[0] + results[2]
    print(f"main: the others: {sum}")


asyncio.run(expected() if "expected" in sys.argv else main())
