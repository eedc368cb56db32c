# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import time


def blocking_io():
    print("blocking_io: begins")
    # Stands for anything that blocks its thread: a file, a
    # database, an old library.
    time.sleep(1)
    print("blocking_io: ends")


async def main():
    loop = asyncio.get_running_loop()
    started = loop.time()
    print("main: begins")
    thread = asyncio.create_task(asyncio.to_thread(blocking_io),
                                 name="thread")
    sleeper = asyncio.create_task(asyncio.sleep(1), name="sleeper")
    await asyncio.gather(thread, sleeper)
    print(f"main: done after {loop.time() - started:.0f} s")


asyncio.run(main())
