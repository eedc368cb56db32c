# SPDX-License-Identifier: GPL-3.0-or-later
# A process that forks, and runs loops in both.
import asyncio
import os


async def work(name):
    await asyncio.sleep(0)
    print(name, flush=True)


asyncio.run(work("before"))
child = os.fork()
if child == 0:
    asyncio.run(work("child"))
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
asyncio.run(work("after"))
