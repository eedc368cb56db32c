# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def countdown(start):
    try:
        for number in range(start, 0, -1):
            print(f"generator: makes {number}")
            await asyncio.sleep(0.5)
            yield number
        print("generator: nothing more")
    finally:
        print("generator: cleans up")


async def heartbeat():
    while True:
        await asyncio.sleep(0.4)
        print("heartbeat")


async def main():
    beat = asyncio.create_task(heartbeat(), name="heartbeat")
    async for number in countdown(2):
        print(f"main: got {number}")
    beat.cancel()

    numbers = countdown(10)
    async for number in numbers:
        print(f"main: got {number}, that is enough")
        break
    print("main: left the loop")
    await numbers.aclose()
    print("main: closed the generator")


asyncio.run(main())
