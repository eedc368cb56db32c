# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys
import time


async def sleeper():
    print("sleeper: for half a second")
    await asyncio.sleep(0.5)
    print("sleeper: awake")


async def busy():
    print("busy: begins")
    end = time.monotonic() + 1
    while time.monotonic() < end:
        pass
    print("busy: ends")


async def kind():
    print("busy: begins")
    end = time.monotonic() + 1
    while time.monotonic() < end:
        await asyncio.sleep(0.01)
    print("busy: ends")


async def main():
    sleeping = asyncio.create_task(sleeper(), name="sleeper")
    working = asyncio.create_task(busy(), name="busy")
    await asyncio.gather(sleeping, working)


async def expected():
    sleeping = asyncio.create_task(sleeper(), name="sleeper")
    working = asyncio.create_task(kind(), name="busy")
    await asyncio.gather(sleeping, working)


asyncio.run(expected() if "expected" in sys.argv else main())
