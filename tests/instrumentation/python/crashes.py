# SPDX-License-Identifier: GPL-3.0-or-later
# Ends in the midst of a task's step, in a way that runs nothing more: crashes.py WAY.
import asyncio
import ctypes
import os
import resource
import signal
import sys

WAYS = {
    "null": lambda: ctypes.string_at(0),
    "abort": os.abort,
    "exit": lambda: os._exit(3),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
}


async def waits():
    await asyncio.sleep(1000)


async def main():
    task = asyncio.ensure_future(waits())
    await asyncio.sleep(0)
    print("last words", flush=True)
    WAYS[sys.argv[1]]()
    await task


resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
asyncio.run(main())
