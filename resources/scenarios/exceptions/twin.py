# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def careful(name):
    try:
        await asyncio.sleep(10)
    except Exception:
        print(f"{name}: caught an Exception")
    except asyncio.CancelledError:
        print(f"{name}: cancelled, which is no Exception")
        raise


async def fail(text):
    await asyncio.sleep(0.5)
    raise ValueError(text)


def report(loop, context):
    print(f"handler: {context['message']}: {context['exception']}")


async def main():
    asyncio.get_running_loop().set_exception_handler(report)
    slow = asyncio.create_task(careful("slow"), name="slow")
    try:
        await asyncio.wait_for(slow, timeout=0.5)
    except TimeoutError:
        print(f"main: a TimeoutError; the task was cancelled: {'yes' if slow.cancelled() else 'no'}")

    awaited = asyncio.create_task(fail("of the awaited"), name="awaited")
    try:
        await awaited
    except ValueError as error:
        print(f"main: caught the error {error}")

    forgotten = asyncio.create_task(fail("of the forgotten"), name="forgotten")
    await asyncio.sleep(1)
    print("main: the forgotten task failed long ago")
    del forgotten
    print("main: and now it is let go of")


asyncio.run(main())
