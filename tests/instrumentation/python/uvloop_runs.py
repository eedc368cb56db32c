# SPDX-License-Identifier: GPL-3.0-or-later
# Runs loops of uvloop's, one after the other, and one of them again and again, from several threads; ends by errors, too.
import asyncio
import os
import threading

import uvloop


async def turns(count):
    for _ in range(count):
        await asyncio.sleep(0.001)
    return count


async def fails():
    await asyncio.sleep(0)
    raise ValueError("as it should")


async def forks():
    await asyncio.sleep(0)
    child = os.fork()
    if child != 0:
        assert os.waitpid(child, 0)[1] == 0
    return child


def one_loop():
    loop = uvloop.new_event_loop()
    total = sum(loop.run_until_complete(turns(2)) for _ in range(3))
    try:
        loop.run_until_complete(fails())
    except ValueError:
        total += 1
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.close()
    return total


def in_a_thread():
    assert one_loop() == 7


assert [one_loop() for _ in range(3)] == [7, 7, 7]
threads = [threading.Thread(target=in_a_thread) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
loop = uvloop.new_event_loop()
child = loop.run_until_complete(forks())
loop.close()
if child != 0:
    print("done")
