# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def answer(name, takes):
    await asyncio.sleep(takes)
    print(f"{name}: answers")
    return name


async def main():
    asked = []
    asked.append(asyncio.create_task(answer("slow", 3), name="slow"))
    asked.append(asyncio.create_task(answer("medium", 2), name="medium"))
    asked.append(asyncio.create_task(answer("quick", 1), name="quick"))
    for next in asyncio.as_completed(asked):
        name = await next
        print(f"main: has {name}")


async def expected():
    asked = []
    asked.append(asyncio.create_task(answer("slow", 3), name="slow"))
    asked.append(asyncio.create_task(answer("medium", 2), name="medium"))
    asked.append(asyncio.create_task(answer("quick", 1), name="quick"))
    names = await asyncio.gather(*asked)
    for name in names:
        print(f"main: has {name}")


asyncio.run(expected() if "expected" in sys.argv else main())
