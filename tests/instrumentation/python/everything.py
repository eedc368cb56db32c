# SPDX-License-Identifier: GPL-3.0-or-later
# Does each thing once that there is an event for.
import asyncio
import gc
import logging
import os
import signal
import threading

import awaitscope

logging.getLogger("asyncio").addHandler(logging.NullHandler())  # what it reports is looked for among the events
logging.getLogger("asyncio").propagate = False


async def echo(reader, writer):
    writer.write(await reader.readline())
    await writer.drain()
    writer.close()


async def network(path):
    server = await asyncio.start_unix_server(echo, path)
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(b"hello\n")
    assert await reader.readline() == b"hello\n"
    writer.close()
    await writer.wait_closed()
    server.close()


async def outside(loop):
    assert await loop.run_in_executor(None, lambda: 7) == 7
    child = await asyncio.create_subprocess_exec("true")
    await child.wait()
    arrived = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, arrived.set)
    os.kill(os.getpid(), signal.SIGUSR1)
    await arrived.wait()


async def callbacks(loop):
    done = loop.create_future()
    loop.call_soon(print, "called")
    loop.call_soon(len, "cancelled").cancel()
    loop.call_later(1000, len, "cancelled").cancel()
    loop.call_later(0.001, done.set_result, None)
    loop.call_soon(int, "no number")
    await done


async def fail():
    raise ValueError("lost")


async def warnings(loop):
    fail()
    lost = loop.create_task(fail())
    await asyncio.sleep(0)
    del lost
    gc.collect()
    loop.set_debug(True)
    loop.slow_callback_duration = 0.0001
    await asyncio.sleep(0)
    threading.Event().wait(0.01)  # the loop does not like this
    await asyncio.sleep(0)
    thread = threading.Thread(target=call_from_elsewhere, args=(loop,))
    thread.start()
    thread.join()
    loop.set_debug(False)


def call_from_elsewhere(loop):
    try:
        loop.call_soon(len, "from another thread")
    except RuntimeError as error:
        print(type(error).__name__)


async def primitives():
    semaphore = asyncio.Semaphore(1)
    bounded = asyncio.BoundedSemaphore(1)
    condition = asyncio.Condition()
    queue = asyncio.Queue(3)
    async with semaphore, bounded, condition:
        queue.put_nowait("item")
        condition.notify()
    awaitscope.mark("in the middle")
    awaitscope.output("said")
    return await queue.get()


async def main():
    loop = asyncio.get_running_loop()
    await network(os.path.join(os.environ["AWAITSCOPE_DIR"], "echo-%d" % os.getpid()))
    await outside(loop)
    await callbacks(loop)
    await primitives()
    sleeper = loop.create_task(asyncio.sleep(1000))
    await asyncio.sleep(0)
    sleeper.cancel()
    await warnings(loop)
    asyncio.current_task().set_name("everything")


asyncio.run(main())
