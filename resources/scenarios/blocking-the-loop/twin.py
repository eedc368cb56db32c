# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import time


async def ticker():
    for n in range(1, 4):
        await asyncio.sleep(0.1)
        print(f"tick {n}")


async def blocks():
    await asyncio.sleep(0.15)
    print("blocks: begins")
    time.sleep(0.5)
    print("blocks: ends")


async def waits():
    await asyncio.sleep(0.15)
    print("waits: begins")
    await asyncio.sleep(1)
    print("waits: ends")


async def main():
    print("main: a ticker, and a task that blocks")
    first = asyncio.create_task(ticker(), name="ticker 1")
    blocking = asyncio.create_task(blocks(), name="blocks")
    await asyncio.gather(first, blocking)

    print("main: a ticker, and a task that waits")
    second = asyncio.create_task(ticker(), name="ticker 2")
    waiting = asyncio.create_task(waits(), name="waits")
    await asyncio.gather(second, waiting)


asyncio.run(main())
