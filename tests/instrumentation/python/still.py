# SPDX-License-Identifier: GPL-3.0-or-later
# A program that knows nothing of being watched. Its loop waits for what never comes; with "turns" it never waits, with
# "computes" it does not even come back to its loop, with "locked" not even to Python. With "uvloop" the loop is uvloop's.
import asyncio
import sys
import threading


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
    if sys.argv[1:] == ["locked"]:
        lock = threading.Lock()
        with lock, lock:
            pass
    await task


if sys.argv[1:] == ["uvloop"]:
    import uvloop

    uvloop.install()
asyncio.run(main())
