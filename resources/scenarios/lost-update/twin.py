# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def deposit(account, euros):
    seen = account["euros"]
    await asyncio.sleep(1)
    account["euros"] = seen + euros
    print(f"deposit: now {account['euros']}")


async def locked_deposit(account, euros, lock):
    async with lock:
        await deposit(account, euros)


async def main():
    account = {"euros": 100}
    ann = asyncio.create_task(deposit(account, 10), name="Ann")
    bob = asyncio.create_task(deposit(account, 20), name="Bob")
    await asyncio.gather(ann, bob)
    print(f"main: {account['euros']}")


async def expected():
    account = {"euros": 100}
    lock = asyncio.Lock()
    ann = asyncio.create_task(locked_deposit(account, 10, lock), name="Ann")
    bob = asyncio.create_task(locked_deposit(account, 20, lock), name="Bob")
    await asyncio.gather(ann, bob)
    print(f"main: {account['euros']}")


asyncio.run(expected() if "expected" in sys.argv else main())
