# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def runner(name):
    for lap in range(1, 3):
        print(f"{name}: lap {lap}")
        await asyncio.sleep(0)


async def race(names):
    tasks = []
    for name in names:
        tasks.append(asyncio.create_task(runner(name), name=name))
    await asyncio.gather(*tasks)


async def main():
    names = ["Ann", "Bob", "Cem", "Dee"]
    await race(names)
    print("main: all are in")


async def expected():
    # This order was drawn from a hat.
    names = ["Cem", "Ann", "Dee", "Bob"]
    await race(names)
    print("main: all are in")


asyncio.run(expected() if "expected" in sys.argv else main())
