# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def fail():
    await asyncio.sleep(1)
    raise ValueError("boom")


async def work():
    await asyncio.sleep(2)
    print("work: done")
    return "worked"


def start(turn):
    return [asyncio.create_task(fail(), name=f"fail {turn}"),
            asyncio.create_task(work(), name=f"work {turn}")]


def text(result):
    if isinstance(result, Exception):
        return f"failed with {type(result).__name__}: {result}"
    return result


async def main():
    try:
        await asyncio.gather(*start("1"))
    except ValueError as error:
        print(f"main: gather raised {error}")
    await asyncio.sleep(2)

    results = await asyncio.gather(*start("2"), return_exceptions=True)
    for result in results:
        print(f"main: {text(result)}")


asyncio.run(main())
