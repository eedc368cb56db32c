# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def greet(whom):
    print(f"hello, {whom}")
    await asyncio.sleep(1)


async def tick():
    n = 1
    while True:
        print(f"tick {n}")
        await asyncio.sleep(0.6)
        n += 1


async def first():
    ticker = asyncio.create_task(tick(), name="ticker")
    await greet("first run")
    return ticker


with asyncio.Runner() as runner:
    ticker = runner.run(first())
    print("between the runs")
    runner.run(greet("second run"))
    print(f"is the ticker done? {'yes' if ticker.done() else 'no'}")
