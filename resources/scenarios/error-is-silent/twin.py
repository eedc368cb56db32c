# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def fails():
    await asyncio.sleep(1)
    raise ValueError("no disk")


async def main():
    task = asyncio.create_task(fails(), name="fails")
    for n in range(1, 4):
        await asyncio.sleep(1)
        print(f"main: works on, {n}")
    try:
        await task
    except ValueError as error:
        print(f"main: hears of it: {error}")


async def works_on():
    for n in range(1, 4):
        await asyncio.sleep(1)
        print(f"main: works on, {n}")


async def group():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(fails(), name="fails")
        await works_on()


async def expected():
    try:
        await group()
    except ExceptionGroup:
        print("main: hears of it at once")


asyncio.run(expected() if "expected" in sys.argv else main())
