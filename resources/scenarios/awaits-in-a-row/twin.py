# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def fetch(what, takes):
    print(f"{what}: asked for")
    await asyncio.sleep(takes)
    print(f"{what}: here")


async def main():
    await fetch("name", 1)
    await fetch("address", 2)
    print("main: has both")


async def expected():
    await asyncio.gather(fetch("name", 1), fetch("address", 2))
    print("main: has both")


asyncio.run(expected() if "expected" in sys.argv else main())
