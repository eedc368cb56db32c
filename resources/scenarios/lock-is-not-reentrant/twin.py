# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def write(lock):
    async with lock:
        print("write: has the lock")


async def write_locked():
    print("write: has the lock")


async def save(lock):
    async with lock:
        print("save: has the lock")
        await write(lock)
        print("save: done")


async def save_once(lock):
    async with lock:
        print("save: has the lock")
        await write_locked()
        print("save: done")


async def main():
    lock = asyncio.Lock()
    saving = asyncio.create_task(save(lock), name="save")
    try:
        await asyncio.wait_for(saving, timeout=2)
        print("main: saved")
    except TimeoutError:
        print("main: gave up waiting")


async def expected():
    lock = asyncio.Lock()
    saving = asyncio.create_task(save_once(lock), name="save")
    try:
        await asyncio.wait_for(saving, timeout=2)
        print("main: saved")
    except TimeoutError:
        print("main: gave up waiting")


asyncio.run(expected() if "expected" in sys.argv else main())
