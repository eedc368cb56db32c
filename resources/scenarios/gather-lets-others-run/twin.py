# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def fails():
    await asyncio.sleep(1)
    print("fails: raises")
    raise ValueError("no luck")


async def writes():
    await asyncio.sleep(2)
    print("writes: wrote a file")


async def main():
    bad = asyncio.create_task(fails(), name="fails")
    good = asyncio.create_task(writes(), name="writes")
    try:
        await asyncio.gather(bad, good)
    except ValueError as error:
        print(f"main: caught the error {error}")
    await asyncio.sleep(2)
    print("main: ends")


async def group():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(fails(), name="fails")
        tg.create_task(writes(), name="writes")


async def expected():
    try:
        await group()
    except ExceptionGroup:
        print("main: caught the error of the group")
    await asyncio.sleep(2)
    print("main: ends")


asyncio.run(expected() if "expected" in sys.argv else main())
