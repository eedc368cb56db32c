# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def in_time():
    await asyncio.sleep(1)
    print("first block: in time")


async def too_slow(limit):
    await asyncio.sleep(1)
    limit.reschedule(asyncio.get_running_loop().time() + 2)
    print("second block: two seconds more")
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print("second block: expired?", "yes" if limit.expired() else "no")
        raise


async def main():
    async with asyncio.timeout(2):
        await in_time()
    try:
        async with asyncio.timeout(2) as limit:
            await too_slow(limit)
    except TimeoutError:
        print("main: timed out")
    await asyncio.sleep(1)
    print("main: goes on")


asyncio.run(main())
