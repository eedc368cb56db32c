# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def quick():
    await asyncio.sleep(1)


async def failing():
    await asyncio.sleep(2)
    raise ValueError("boom")


async def slow():
    await asyncio.sleep(3)


def start(turn):
    return [asyncio.create_task(quick(), name=f"quick {turn}"),
            asyncio.create_task(failing(), name=f"failing {turn}"),
            asyncio.create_task(slow(), name=f"slow {turn}")]


def names(tasks):
    return ", ".join(sorted(t.get_name() for t in tasks)) or "none"


async def show(turn, return_when):
    tasks = start(turn)
    done, pending = await asyncio.wait(tasks, return_when=return_when)
    print(f"done: {names(done)}; pending: {names(pending)}")
    # What is left is not cancelled: let it end, and look at
    # every result.
    await asyncio.gather(*tasks, return_exceptions=True)


async def main():
    print("FIRST_COMPLETED")
    await show("1", asyncio.FIRST_COMPLETED)
    print("FIRST_EXCEPTION")
    await show("2", asyncio.FIRST_EXCEPTION)
    print("ALL_COMPLETED")
    await show("3", asyncio.ALL_COMPLETED)


asyncio.run(main())
