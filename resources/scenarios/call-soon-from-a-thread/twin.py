# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys
import threading


def callback():
    print("callback: runs in the loop")


def wrong(loop):
    try:
        loop.call_soon(callback)
    except RuntimeError:
        print("thread: call_soon is refused here")


def right(loop):
    loop.call_soon_threadsafe(callback)
    print("thread: asked for it")


async def run(work):
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    thread = threading.Thread(target=work, args=(loop,))
    thread.start()
    thread.join()
    await asyncio.sleep(0.5)
    print("main: half a second later")


async def main():
    await run(wrong)


async def expected():
    await run(right)


asyncio.run(expected() if "expected" in sys.argv else main())
