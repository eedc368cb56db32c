# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def pages():
    for n in range(1, 4):
        await asyncio.sleep(0.1)
        yield n


async def load(page):
    print(f"load: page {page}")
    await asyncio.sleep(1)
    print(f"load: has page {page}")


async def main():
    async for page in pages():
        await load(page)
    print("main: done")


async def expected():
    loading = []
    async for page in pages():
        loading.append(asyncio.create_task(load(page), name=f"load {page}"))
    await asyncio.gather(*loading)
    print("main: done")


asyncio.run(expected() if "expected" in sys.argv else main())
