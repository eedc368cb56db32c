# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def work():
    print("work: begins")
    await asyncio.sleep(1)
    print("work: ends")
    return 42


async def main():
    called = work()
    print("main: called it")
    await asyncio.sleep(1)
    print("main: slept for a second")
    answer = await called
    print(f"main: {answer}")


async def expected():
    called = asyncio.create_task(work(), name="work")
    print("main: called it")
    await asyncio.sleep(1)
    print("main: slept for a second")
    answer = await called
    print(f"main: {answer}")


asyncio.run(expected() if "expected" in sys.argv else main())
