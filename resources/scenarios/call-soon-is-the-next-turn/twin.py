# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


def second():
    print("second: called from the first")


def first(loop):
    print("first")
    loop.call_soon(second)
    print("first: ends")


def first_calls(loop):
    print("first")
    second()
    print("first: ends")


def third():
    print("third: was ready before")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: first(loop))
    loop.call_soon(third)
    await asyncio.sleep(1)
    print("main: a second later")


async def expected():
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: first_calls(loop))
    loop.call_soon(third)
    await asyncio.sleep(1)
    print("main: a second later")


asyncio.run(expected() if "expected" in sys.argv else main())
