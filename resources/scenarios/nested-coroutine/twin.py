# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def nested():
    print("nested: runs")
    return 42


async def bystander():
    print("bystander: runs")


async def main():
    # Called, without an await.
    nested()
    print("main: called nested()")

    waiting = asyncio.create_task(bystander(), name="bystander")
    print("main: awaits nested()")
    answer = await nested()
    print(f"main: {answer}")
    await waiting


asyncio.run(main())
