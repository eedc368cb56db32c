# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def visit(name, room, inside, releases=1):
    await room.acquire()
    inside.append(name)
    print(f"{name}: inside, {len(inside)} in the room")
    await asyncio.sleep(0.5)
    inside.remove(name)
    print(f"{name}: leaves")
    for _ in range(releases):
        room.release()


async def day(room):
    print(f"main: a {type(room).__name__} for one")
    inside = []
    ann = asyncio.create_task(visit("Ann", room, inside, releases=2), name="Ann")
    try:
        await ann
    except ValueError as error:
        print(f"main: Ann failed: {error}")
    others = [asyncio.create_task(visit(name, room, inside), name=name)
              for name in ["Bob", "Cem"]]
    await asyncio.gather(*others)


async def main():
    await day(asyncio.Semaphore(1))
    await day(asyncio.BoundedSemaphore(1))


asyncio.run(main())
