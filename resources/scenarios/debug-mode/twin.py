# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import time


async def blocks():
    print("blocks: computes for 0.2 s without an await")
    time.sleep(0.2)


def from_a_thread(loop):
    try:
        loop.call_soon(print, "never printed")
    except RuntimeError as error:
        print(f"thread: {error}")
    loop.call_soon_threadsafe(print, "loop: called by the thread")


async def forgotten():
    print("never printed")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    await asyncio.create_task(blocks(), name="blocks")
    await asyncio.to_thread(from_a_thread, loop)
    forgotten()
    print("main: ends")


asyncio.run(main())
