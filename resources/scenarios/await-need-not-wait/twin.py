# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def square(number):
    return number * number


async def slow_square(number):
    await asyncio.sleep(0)
    return number * number


async def other():
    print("other: runs")


async def main():
    task = asyncio.create_task(other(), name="other")
    for number in range(1, 4):
        result = await square(number)
        print(f"main: {result}")
    print("main: now waits for the other")
    await task


async def expected():
    task = asyncio.create_task(other(), name="other")
    for number in range(1, 4):
        result = await slow_square(number)
        print(f"main: {result}")
    print("main: now waits for the other")
    await task


asyncio.run(expected() if "expected" in sys.argv else main())
