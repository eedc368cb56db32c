# SPDX-License-Identifier: GPL-3.0-or-later
# A busy parent, and children that live briefly: each prints, by the machine's clock, a moment before its task begins
# (which names the task), one when the task has almost ended, and one after it.
import asyncio
import sys

CHILD = r"""
import asyncio, os, time

async def work():
    await asyncio.sleep(0.03)
    time.sleep(0.03)
    return time.monotonic_ns()

async def main():
    begin = time.monotonic_ns()
    end = await asyncio.create_task(work(), name="kid %d" % begin)
    # In one piece: two of them write at once.
    os.write(1, b"%d %d %d\n" % (begin, end, time.monotonic_ns()))

asyncio.run(main())
"""


async def tick():
    while True:
        await asyncio.sleep(0.001)


async def main():
    ticking = asyncio.ensure_future(tick())
    for many in 1, 1, 2:
        children = [await asyncio.create_subprocess_exec(sys.executable, "-c", CHILD) for _ in range(many)]
        for child in children:
            await child.wait()
    ticking.cancel()


asyncio.run(main())
