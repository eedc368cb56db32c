# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def waits(name, event):
    print(f"{name}: waits")
    await event.wait()
    print(f"{name}: woke; is it set? {'yes' if event.is_set() else 'no'}")


async def polls(name, event):
    print(f"{name}: waits")
    for _ in range(20):
        if event.is_set():
            break
        await asyncio.sleep(0.1)
    print(f"{name}: ends; was it set? {'yes' if event.is_set() else 'no'}")


def pulse(event):
    event.set()
    event.clear()
    print("main: set, and cleared")


async def main():
    event = asyncio.Event()
    ann = asyncio.create_task(waits("Ann", event), name="Ann")
    bob = asyncio.create_task(waits("Bob", event), name="Bob")
    await asyncio.sleep(1)
    pulse(event)
    await asyncio.gather(ann, bob)


async def expected():
    event = asyncio.Event()
    ann = asyncio.create_task(polls("Ann", event), name="Ann")
    bob = asyncio.create_task(polls("Bob", event), name="Bob")
    await asyncio.sleep(1)
    pulse(event)
    await asyncio.gather(ann, bob)


asyncio.run(expected() if "expected" in sys.argv else main())
