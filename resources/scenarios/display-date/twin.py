# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def display_time(begin):
    loop = asyncio.get_running_loop()
    while True:
        passed = loop.time() - begin
        print(f"{passed:.0f} s have passed")
        if passed >= 5:
            return
        await asyncio.sleep(1)


async def main():
    await display_time(asyncio.get_running_loop().time())


asyncio.run(main())
