# SPDX-License-Identifier: GPL-3.0-or-later
# Two tasks that wait for each other's locks, which both took by hand. Then, and not before, the program begins to share,
# from no task of it.
import asyncio
import os


async def transfer(first, second):
    await first.acquire()
    await asyncio.sleep(0.01)
    await second.acquire()


def share():
    import awaitscope

    assert awaitscope.enable("late")
    asyncio.get_event_loop().call_later(0.05, os._exit, 0)  # its loop tells of its tasks


async def main():
    one, other = asyncio.Lock(), asyncio.Lock()
    asyncio.get_event_loop().call_later(0.05, share)
    await asyncio.gather(transfer(one, other), transfer(other, one))


asyncio.run(main())
