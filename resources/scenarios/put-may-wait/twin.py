# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import sys


async def produce(queue):
    for n in range(1, 5):
        await queue.put(n)
        print(f"producer: put {n}")


async def consume(queue):
    for _ in range(4):
        item = await queue.get()
        print(f"consumer: got {item}")
        await asyncio.sleep(1)


async def main():
    queue = asyncio.Queue(2)
    producer = asyncio.create_task(produce(queue), name="producer")
    consumer = asyncio.create_task(consume(queue), name="consumer")
    await asyncio.gather(producer, consumer)
    print("main: done")


async def expected():
    queue = asyncio.Queue()
    producer = asyncio.create_task(produce(queue), name="producer")
    consumer = asyncio.create_task(consume(queue), name="consumer")
    await asyncio.gather(producer, consumer)
    print("main: done")


asyncio.run(expected() if "expected" in sys.argv else main())
