# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio

TREE = {"home": ["music", "photos"], "music": ["jazz", "rock"], "photos": ["summer"]}


async def walker(queue):
    while True:
        folder = await queue.get()
        print(f"walker: {folder}")
        await asyncio.sleep(0.1)
        for inner in TREE.get(folder, []):
            queue.put_nowait(inner)
        queue.task_done()


async def walk(kind, queue):
    print(f"main: with a {kind}")
    queue.put_nowait("home")
    task = asyncio.create_task(walker(queue), name=f"walker of the {kind}")
    await queue.join()
    task.cancel()


async def main():
    await walk("Queue", asyncio.Queue())
    await walk("LifoQueue", asyncio.LifoQueue())


asyncio.run(main())
