# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def twice(lock):
    for n in range(1, 3):
        async with lock:
            print(f"Ann: has it, part {n}")
            await asyncio.sleep(1)


async def at_once(lock):
    async with lock:
        for n in range(1, 3):
            print(f"Ann: has it, part {n}")
            await asyncio.sleep(1)


async def once(lock):
    async with lock:
        print("Bob: has it")
        await asyncio.sleep(1)


async def main():
    lock = asyncio.Lock()
    ann = asyncio.create_task(twice(lock), name="Ann")
    bob = asyncio.create_task(once(lock), name="Bob")
    await asyncio.gather(ann, bob)
    print("main: done")


async def expected():
    lock = asyncio.Lock()
    ann = asyncio.create_task(at_once(lock), name="Ann")
    bob = asyncio.create_task(once(lock), name="Bob")
    await asyncio.gather(ann, bob)
    print("main: done")


asyncio.run(expected() if "expected" in sys.argv else main())
