# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def worker():
    try:
        print("worker: begins")
        await asyncio.sleep(10)
    finally:
        print("worker: finally")


async def main():
    task = asyncio.create_task(worker(), name="worker")
    task.cancel()
    await asyncio.wait([task])
    print(f"main: cancelled: {'yes' if task.cancelled() else 'no'}")


async def expected():
    task = asyncio.create_task(worker(), name="worker")
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    print(f"main: cancelled: {'yes' if task.cancelled() else 'no'}")


asyncio.run(expected() if "expected" in sys.argv else main())
