# SPDX-License-Identifier: GPL-3.0-or-later
# A program that knows nothing of being watched. Its loop waits for what never comes; with "turns" it never waits, with
# "computes" it does not even come back to its loop. With "uvloop" the loop is uvloop's.
import asyncio
import sys


async def still():
    await asyncio.Event().wait()


async def main():
    task = asyncio.ensure_future(still())
    await asyncio.sleep(0)
    print("ready", flush=True)
    while sys.argv[1:] == ["turns"]:
        await asyncio.sleep(0)
    while sys.argv[1:] == ["computes"]:
        pass
    await task


if sys.argv[1:] == ["uvloop"]:
    import uvloop

    uvloop.install()
asyncio.run(main())
