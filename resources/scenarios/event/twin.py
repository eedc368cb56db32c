# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def waiter(name, event):
    print(f"{name}: waiting for it ...")
    await event.wait()
    print(f"{name}: ... got it!")


async def main():
    event = asyncio.Event()
    early = [asyncio.create_task(waiter("Ann", event), name="Ann"),
             asyncio.create_task(waiter("Bob", event), name="Bob")]
    await asyncio.sleep(1)
    event.set()
    event.clear()
    print("main: set it, and cleared it at once")
    await asyncio.gather(*early)

    late = asyncio.create_task(waiter("Cem", event), name="Cem")
    await asyncio.sleep(0.5)
    event.set()
    print("main: set it")
    await late
    await event.wait()
    print("main: it is set, so nobody waits")


asyncio.run(main())
