# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def worker(name, lock, balance):
    print(f"{name}: asks for the lock")
    async with lock:
        print(f"{name}: has the lock")
        seen = balance["euro"]
        await asyncio.sleep(1)
        balance["euro"] = seen + 10
        print(f"{name}: balance is {balance['euro']}")


async def main():
    lock = asyncio.Lock()
    balance = {"euro": 0}
    async with asyncio.TaskGroup() as group:
        for name in ("ann", "bob", "cem"):
            group.create_task(worker(name, lock, balance), name=name)
    print(f"final balance: {balance['euro']}")


asyncio.run(main())
