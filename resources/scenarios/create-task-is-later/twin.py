# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def child():
    print("child: runs")


async def main():
    task = asyncio.create_task(child(), name="child")
    print("main: created it")
    await asyncio.sleep(1)
    print("main: a second later")
    await task


async def expected():
    await child()
    print("main: created it")
    await asyncio.sleep(1)
    print("main: a second later")


asyncio.run(expected() if "expected" in sys.argv else main())
