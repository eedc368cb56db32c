# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def upload():
    try:
        await asyncio.sleep(3)
        print("upload: complete")
    except asyncio.CancelledError:
        print("upload: cancelled half-way")
        raise


async def main():
    task = asyncio.create_task(upload(), name="upload")
    try:
        await asyncio.wait_for(task, timeout=1)
    except TimeoutError:
        print("main: waited long enough")
    await asyncio.sleep(3)
    print("main: ends")


async def expected():
    task = asyncio.create_task(upload(), name="upload")
    try:
        await asyncio.wait_for(asyncio.shield(task), timeout=1)
    except TimeoutError:
        print("main: waited long enough")
    await asyncio.sleep(3)
    print("main: ends")


asyncio.run(expected() if "expected" in sys.argv else main())
