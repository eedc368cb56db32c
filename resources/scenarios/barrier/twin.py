# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def player(name, seconds, barrier):
    for number in (1, 2):
        await asyncio.sleep(seconds)
        print(f"{name}: ready for round {number}")
        index = await barrier.wait()
        print(f"{name}: plays round {number}, index {index}")


async def main():
    barrier = asyncio.Barrier(3)
    players = [asyncio.create_task(player("Ann", 0.3, barrier), name="Ann"),
               asyncio.create_task(player("Bob", 0.8, barrier), name="Bob"),
               asyncio.create_task(player("Cem", 0.5, barrier), name="Cem")]
    await asyncio.gather(*players)


asyncio.run(main())
