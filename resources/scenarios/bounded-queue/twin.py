# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def baker(queue):
    for loaf in range(1, 6):
        print(f"baker: loaf {loaf} is baked")
        await queue.put(loaf)
        print(f"baker: loaf {loaf} is on the shelf, {queue.qsize()} of 2")


async def customer(queue):
    for _ in range(5):
        loaf = await queue.get()
        print(f"customer: takes loaf {loaf}")
        await asyncio.sleep(0.5)


async def main():
    shelf = asyncio.Queue(maxsize=2)
    tasks = [asyncio.create_task(baker(shelf), name="baker"),
             asyncio.create_task(customer(shelf), name="customer")]
    await asyncio.gather(*tasks)


asyncio.run(main())
