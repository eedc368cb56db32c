# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def download(name, tenths, semaphore):
    async with semaphore:
        print(f"{name}: begins")
        await asyncio.sleep(tenths / 10)
        print(f"{name}: done")


async def main():
    semaphore = asyncio.Semaphore(3)
    jobs = [("A", 12), ("B", 4), ("C", 8), ("D", 6), ("E", 3), ("F", 5)]
    tasks = [asyncio.create_task(download(name, tenths, semaphore), name=name)
             for name, tenths in jobs]
    await asyncio.gather(*tasks)
    print("main: six downloads, never more than three at once")


asyncio.run(main())
