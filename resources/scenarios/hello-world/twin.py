# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def main():
    print("hello")
    await asyncio.sleep(1)
    print("world")


asyncio.run(main())
