# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def compute():
    await asyncio.sleep(0.3)
    return 3


async def forever():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print("forever: cancelled")
        raise


def in_a_thread(loop):
    """Runs in a thread of its own: it may block, and must not
    touch the loop but through what is thread-safe."""
    answer = asyncio.run_coroutine_threadsafe(compute(), loop)
    print(f"thread: the result is {answer.result()}")

    loop.call_soon_threadsafe(
        print, "callback: asked for in the thread, runs in the loop")

    endless = asyncio.run_coroutine_threadsafe(forever(), loop)
    try:
        endless.result(timeout=0.5)
    except TimeoutError:
        print("thread: too slow, cancels it")
        endless.cancel()


async def main():
    loop = asyncio.get_running_loop()
    print("main: starts a thread")
    await asyncio.to_thread(in_a_thread, loop)
    print("main: the thread is done")


asyncio.run(main())
