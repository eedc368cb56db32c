# SPDX-License-Identifier: GPL-3.0-or-later
# Beats, and does what an interpreter of 3.14 does when sys.remote_exec() asks it: at the next safe moment it runs the
# script whose path it finds in the file remote.py FILE names. It is asked by a signal.
import asyncio
import signal
import sys


def run_script(number, frame):
    with open(sys.argv[1]) as file:
        path = file.read()
    with open(path) as script:
        exec(compile(script.read(), path, "exec"), {"__name__": "__main__"})


async def beat():
    while True:
        await asyncio.sleep(0.01)


async def main():
    signal.signal(signal.SIGUSR1, run_script)
    task = asyncio.ensure_future(beat())
    print("ready", flush=True)
    await task


asyncio.run(main())
