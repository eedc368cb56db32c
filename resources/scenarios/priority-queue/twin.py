# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def nurse(queue):
    while True:
        urgency, patient = await queue.get()
        print(f"nurse: {patient}, urgency {urgency}")
        await asyncio.sleep(0.5)
        queue.task_done()


async def main():
    queue = asyncio.PriorityQueue()
    for urgency, patient in [(3, "the cough"), (3, "the cold"), (2, "the cut")]:
        queue.put_nowait((urgency, patient))
    task = asyncio.create_task(nurse(queue), name="nurse")
    await asyncio.sleep(0.25)
    print("main: in comes the broken leg")
    queue.put_nowait((1, "the broken leg"))
    await queue.join()
    task.cancel()
    print("main: nobody waits any more")


asyncio.run(main())
