# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def broad():
    try:
        await asyncio.sleep(10)
    except Exception:
        print("worker: saved its work")


async def exact():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("worker: saved its work")
        raise


async def main():
    task = asyncio.create_task(broad(), name="worker")
    await asyncio.sleep(1)
    print("main: cancels the worker")
    task.cancel()
    await asyncio.wait([task])
    print(f"main: the worker is cancelled: {'yes' if task.cancelled() else 'no'}")


async def expected():
    task = asyncio.create_task(exact(), name="worker")
    await asyncio.sleep(1)
    print("main: cancels the worker")
    task.cancel()
    await asyncio.wait([task])
    print(f"main: the worker is cancelled: {'yes' if task.cancelled() else 'no'}")


asyncio.run(expected() if "expected" in sys.argv else main())
