# SPDX-License-Identifier: GPL-3.0-or-later
# Keeps its loop, in a function without an await, until somebody opens the file that it is told.
import asyncio
import os
import sys

how, file = sys.argv[1:]


def compute():
    while not os.path.exists(file + ".go"):
        sum(range(100))


def block():
    with open(file) as pipe:
        return pipe.read()


def pick():
    print("ready", flush=True)
    return compute() if how == "compute" else block()


async def stall():
    await asyncio.sleep(0)
    pick()
    await asyncio.sleep(0)


async def main():
    other = asyncio.ensure_future(asyncio.sleep(1000))
    if how == "callback":
        asyncio.get_running_loop().call_soon(pick)
        await asyncio.sleep(0.001)
    else:
        await asyncio.ensure_future(stall())
    other.cancel()


asyncio.run(main())
