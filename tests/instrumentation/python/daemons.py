# SPDX-License-Identifier: GPL-3.0-or-later
# Threads that are inside asyncio when the interpreter ends: it ends them as soon as they ask for its lock.
import asyncio
import threading
import time

THREADS = 4


class Late:
    """Goes as the interpreter ends, and gives the threads time to ask for the lock."""

    def __init__(self):
        self.sleep = time.sleep

    def __del__(self):
        self.sleep(0.05)


def turn(loop, started):
    async def turns():
        started.release()
        while True:
            await asyncio.sleep(0)

    loop.run_until_complete(turns())


def wake(loop, started):
    started.release()
    while True:
        loop.call_soon_threadsafe(time.monotonic)


def main():
    loop = asyncio.new_event_loop()
    started = threading.Semaphore(0)
    for target in [turn] + [wake] * THREADS:
        threading.Thread(target=target, args=(loop, started), daemon=True).start()
    for _ in range(1 + THREADS):
        started.acquire()


late = Late()
main()
print("ends")
