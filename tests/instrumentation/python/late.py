# SPDX-License-Identifier: GPL-3.0-or-later
# Begins to share in the midst of things: from a task, while others wait already.
import asyncio


async def waits(lock):
    async with lock:
        pass


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    waiter = asyncio.ensure_future(waits(lock))
    await asyncio.sleep(0)
    import awaitscope

    assert not awaitscope.enabled()
    assert awaitscope.enable("late")
    await asyncio.sleep(0.001)
    lock.release()
    await waiter
    event = asyncio.Event()
    moves = asyncio.ensure_future(goes_on(event))
    await asyncio.sleep(0)
    awaitscope.disable()
    event.set()
    await asyncio.sleep(0)
    assert awaitscope.enable()
    await asyncio.sleep(0.001)
    moves.cancel()


async def goes_on(event):
    await event.wait()
    await asyncio.sleep(3600)


asyncio.run(main())
