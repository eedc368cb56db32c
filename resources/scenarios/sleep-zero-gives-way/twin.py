# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def polite(name):
    for n in range(1, 4):
        print(f"{name}: {n}")
        await asyncio.sleep(0)


async def greedy(name):
    for n in range(1, 4):
        print(f"{name}: {n}")


async def main():
    ann = asyncio.create_task(polite("Ann"), name="Ann")
    bob = asyncio.create_task(polite("Bob"), name="Bob")
    await asyncio.gather(ann, bob)
    print("main: done")


async def expected():
    ann = asyncio.create_task(greedy("Ann"), name="Ann")
    bob = asyncio.create_task(greedy("Bob"), name="Bob")
    await asyncio.gather(ann, bob)
    print("main: done")


asyncio.run(expected() if "expected" in sys.argv else main())
