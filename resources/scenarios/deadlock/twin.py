# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def transfer(name, first, second):
    async with first:
        print(f"{name}: has the first lock")
        await asyncio.sleep(0.1)
        async with second:
            print(f"{name}: has both locks")


async def both(ann_first, ann_second, bob_first, bob_second):
    tasks = [asyncio.create_task(transfer("Ann", ann_first, ann_second), name="Ann"),
             asyncio.create_task(transfer("Bob", bob_first, bob_second), name="Bob")]
    await asyncio.gather(*tasks)


async def main():
    red, blue = asyncio.Lock(), asyncio.Lock()
    print("main: red before blue, and blue before red")
    try:
        async with asyncio.timeout(1):
            await both(red, blue, blue, red)
    except TimeoutError:
        print("main: nobody moved for a second, both are cancelled")
    print("main: red before blue for both")
    await both(red, blue, red, blue)


asyncio.run(main())
