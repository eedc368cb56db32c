# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def background(name):
    print(f"{name}: begins")
    await asyncio.sleep(1)
    print(f"{name}: is done")


def start():
    asyncio.create_task(background("background"), name="background")


async def main():
    start()
    print("main: nobody holds the task")
    await asyncio.sleep(2)
    print("main: ends")


async def expected():
    task = asyncio.create_task(background("background"), name="background")
    print("main: holds the task")
    await asyncio.sleep(2)
    print(f"main: ends, it is done: {'yes' if task.done() else 'no'}")


asyncio.run(expected() if "expected" in sys.argv else main())
