# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def saver(name, deposits, account, lock):
    for _ in range(deposits):
        print(f"{name}: asks for the lock")
        async with lock:
            seen = account["euros"]
            print(f"{name}: has it, and sees {seen} euros")
            await asyncio.sleep(1)
            account["euros"] = seen + 10
        print(f"{name}: gave it back")


async def main():
    account = {"euros": 0}
    lock = asyncio.Lock()
    tasks = [asyncio.create_task(saver("Ann", 2, account, lock), name="Ann"),
             asyncio.create_task(saver("Bob", 1, account, lock), name="Bob"),
             asyncio.create_task(saver("Cem", 1, account, lock), name="Cem")]
    await asyncio.gather(*tasks)
    print(f"main: {account['euros']} euros in the end")


asyncio.run(main())
