# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys
import time


async def ticker():
    for n in range(1, 4):
        print(f"tick {n}")
        await asyncio.sleep(0.1)


async def blocks():
    print("sleeper: begins")
    time.sleep(1)
    print("sleeper: ends")


async def waits():
    print("sleeper: begins")
    await asyncio.sleep(1)
    print("sleeper: ends")


async def main():
    ticking = asyncio.create_task(ticker(), name="ticker")
    sleeper = asyncio.create_task(blocks(), name="sleeper")
    await asyncio.gather(ticking, sleeper)


async def expected():
    ticking = asyncio.create_task(ticker(), name="ticker")
    sleeper = asyncio.create_task(waits(), name="sleeper")
    await asyncio.gather(ticking, sleeper)


asyncio.run(expected() if "expected" in sys.argv else main())
