# SPDX-License-Identifier: GPL-3.0-or-later
# The thread that looks for stalls is no thread of the program's: not for threading, not for a fork, not when all is over.
import asyncio
import os
import threading
import warnings

import awaitscope


def watchers():
    found = 0
    for thread in os.listdir("/proc/self/task"):
        with open("/proc/self/task/%s/comm" % thread) as name:
            found += name.read() == "awaitscope\n"
    return found


async def main():
    await asyncio.sleep(0)
    assert watchers() == 1
    assert threading.active_count() == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # from 3.12 on there is one for a fork beside other threads
        child = os.fork()
    if child == 0:
        os._exit(watchers())
    assert os.waitpid(child, 0)[1] == 0
    await asyncio.sleep(0)
    assert watchers() == 1
    awaitscope.disable()
    assert watchers() == 0
    await asyncio.sleep(0)
    assert watchers() == 0
    assert awaitscope.enable()
    assert watchers() == 1


asyncio.run(main())
asyncio.run(main())
