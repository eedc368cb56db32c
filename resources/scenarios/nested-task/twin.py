# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def nested():
    name = asyncio.current_task().get_name()
    print(f"{name}: first step")
    await asyncio.sleep(0)
    print(f"{name}: second step")
    return 42


async def main():
    first = asyncio.create_task(nested())
    second = asyncio.create_task(nested(), name="second")
    print(f"main: created {first.get_name()} and {second.get_name()}")

    one = await first
    print(f"main: the first gave {one}")
    print(f"main: is the second done? {'yes' if second.done() else 'no'}")
    two = await second
    print(f"main: the second gave {two}")


asyncio.run(main())
