# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


def yes(condition):
    return "yes" if condition else "no"


async def child(name):
    print(f"{name}: begins")
    try:
        await asyncio.sleep(10)
        print(f"{name}: done")
    except asyncio.CancelledError:
        print(f"{name}: cancelled")
        raise


async def main():
    a = asyncio.create_task(child("A"), name="A")
    b = asyncio.create_task(child("B"), name="B")
    both = asyncio.gather(a, b)
    await asyncio.sleep(1)

    print("main: cancels the gather")
    both.cancel()
    print(f"main: is it done? {yes(both.done())}")
    try:
        await both
    except asyncio.CancelledError:
        print("main: the gather was cancelled")
    print(f"main: A cancelled? {yes(a.cancelled())}; "
          f"B cancelled? {yes(b.cancelled())}")


asyncio.run(main())
