# SPDX-License-Identifier: GPL-3.0-or-later
# A program that knows nothing of being watched, and runs until it is told to end.
import asyncio


async def beat():
    while True:
        await asyncio.sleep(0.01)


async def main():
    task = asyncio.ensure_future(beat())
    print("ready", flush=True)
    await task


asyncio.run(main())
