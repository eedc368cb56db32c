# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def fetch(name, delay):
    await asyncio.sleep(delay)
    return name


async def main():
    tasks = [asyncio.create_task(fetch("slow", 3), name="slow"),
             asyncio.create_task(fetch("quick", 1), name="quick"),
             asyncio.create_task(fetch("medium", 2), name="medium")]
    for next in asyncio.as_completed(tasks):
        name = await next
        print(f"next: {name}")
    everything = await asyncio.gather(*tasks)
    for name in everything:
        print(f"gathered: {name}")


asyncio.run(main())
