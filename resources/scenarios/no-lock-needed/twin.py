# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def count(counter):
    for _ in range(3):
        seen = counter["value"]
        counter["value"] = seen + 1
        await asyncio.sleep(0)


async def locked_count(counter, lock):
    for _ in range(3):
        await lock.acquire()
        seen = counter["value"]
        counter["value"] = seen + 1
        lock.release()
        await asyncio.sleep(0)


async def main():
    counter = {"value": 0}
    ann = asyncio.create_task(count(counter), name="Ann")
    bob = asyncio.create_task(count(counter), name="Bob")
    await asyncio.gather(ann, bob)
    print(f"main: counted {counter['value']}")


async def expected():
    counter = {"value": 0}
    lock = asyncio.Lock()
    ann = asyncio.create_task(locked_count(counter, lock), name="Ann")
    bob = asyncio.create_task(locked_count(counter, lock), name="Bob")
    await asyncio.gather(ann, bob)
    print(f"main: counted {counter['value']}")


asyncio.run(expected() if "expected" in sys.argv else main())
