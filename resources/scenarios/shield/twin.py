# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def save():
    print("save: begins")
    await asyncio.sleep(3)
    print("save: done")
    return "saved"


async def visitor(saving):
    try:
        result = await asyncio.shield(saving)
        print(f"visitor: {result}")
    except asyncio.CancelledError:
        print("visitor: cancelled")
        raise


def yes(condition):
    return "yes" if condition else "no"


async def main():
    saving = asyncio.create_task(save(), name="save")
    visiting = asyncio.create_task(visitor(saving), name="visitor")
    await asyncio.sleep(1)
    print("main: cancels the visitor")
    visiting.cancel()
    await asyncio.sleep(1)
    print(f"main: is the visitor cancelled? {yes(visiting.cancelled())}")
    print(f"main: is the save cancelled? {yes(saving.cancelled())}")
    result = await saving
    print(f"main: {result}")


asyncio.run(main())
