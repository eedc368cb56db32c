# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def buyer(name, wanted, shop, condition):
    async with condition:
        print(f"{name}: wants {wanted}")
        await condition.wait_for(lambda: shop["apples"] >= wanted)
        shop["apples"] -= wanted
        print(f"{name}: bought {wanted}, {shop['apples']} left")


async def main():
    shop = {"apples": 0}
    condition = asyncio.Condition()
    buyers = [asyncio.create_task(buyer("Ann", 3, shop, condition), name="Ann"),
              asyncio.create_task(buyer("Bob", 1, shop, condition), name="Bob"),
              asyncio.create_task(buyer("Cem", 1, shop, condition), name="Cem")]
    for _ in range(2):
        await asyncio.sleep(0.5)
        async with condition:
            shop["apples"] += 1
            print(f"main: {shop['apples']} in the shop, notifies one")
            condition.notify()
    await asyncio.sleep(0.5)
    async with condition:
        shop["apples"] += 3
        print(f"main: {shop['apples']} in the shop, notifies all")
        condition.notify_all()
    await asyncio.gather(*buyers)


asyncio.run(main())
