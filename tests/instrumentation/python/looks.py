# SPDX-License-Identifier: GPL-3.0-or-later
# What a program can see of its own asyncio: printed with and without the adapter, it has to be the same.
import asyncio
import inspect
import sys
import traceback


def addressless(text):
    return " ".join(word for word in str(text).split(" ") if "0x" not in word)


async def failing():
    lock = asyncio.Lock()
    lock.release()


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    print(type(task), type(loop), type(loop.create_future()))
    print(addressless(task.get_coro()), inspect.iscoroutine(task.get_coro()))
    for function in (loop.call_soon, asyncio.Lock.release, asyncio.Queue.put_nowait, asyncio.Task.cancel, print,
                     asyncio.Future.set_result, loop.create_task, loop.run_forever, asyncio.create_task):
        print(function.__name__, function.__qualname__, getattr(function, "__module__", None), bool(function.__doc__))
    print(inspect.signature(loop.call_soon), inspect.signature(asyncio.Lock.release),
          inspect.signature(loop.run_in_executor), inspect.signature(asyncio.create_task))
    print(inspect.iscoroutinefunction(asyncio.Lock.acquire), callable(print), asyncio.iscoroutinefunction(main))
    print(sorted(vars(asyncio.Lock())), sorted(vars(asyncio.Semaphore(2)))[:2], asyncio.Semaphore(2).locked())
    handle = loop.call_soon(print, "from a handle")
    print(addressless(repr(handle))[:9], handle.cancelled())
    try:
        await failing()
    except RuntimeError:
        print(traceback.format_exc().replace(sys.prefix, ""))
    try:
        loop.call_soon()
    except TypeError as error:
        print(error)
    try:
        print(1, sep=2)
    except TypeError as error:
        print(error)
    print("a", "b", sep="-", end="!\n", flush=True)
    await asyncio.sleep(0)
    print(addressless(asyncio.Lock()), file=sys.stderr)


asyncio.run(main())
