# SPDX-License-Identifier: GPL-3.0-or-later
# Tasks that wait for this and that. Lines are told, so mind the numbers in events_test.cpp.
import asyncio


async def saver(lock):
    async with lock:
        await asyncio.sleep(0.001)


async def inner(future):
    return await future


async def reader(future):
    await inner(future)


async def wait_for(event):
    await event.wait()


async def main():
    loop = asyncio.get_running_loop()
    lock = asyncio.Lock()
    savers = [loop.create_task(saver(lock), name=name) for name in ("Ann", "Bob")]
    await asyncio.gather(*savers)
    await asyncio.sleep(0)

    future = loop.create_future()
    task = loop.create_task(reader(future), name="reader")
    await asyncio.sleep(0)
    future.set_result(1)
    await task

    event = asyncio.Event()
    waiter = loop.create_task(wait_for(event), name="waiter")
    await asyncio.sleep(0)
    waiter.cancel()
    try:
        await waiter
    except asyncio.CancelledError:
        print("cancelled")

    failing = loop.create_task(fail(), name="failing")
    try:
        await failing
    except ValueError:
        pass


async def fail():
    raise ValueError("no")


asyncio.run(main())
