# SPDX-License-Identifier: GPL-3.0-or-later
# Tasks that wait for each other in every way that asyncio has, and what they wait by: begun, and then left alone. With
# "late" it begins to share after that; with "bare" asyncio has by then lost the private names by which that is seen; with
# "uvloop" the loop is uvloop's. Then it starts a process at each SIGUSR1, which says whether it shares, too.
import asyncio
import gc
import signal
import subprocess
import sys

LOOKS = """
import asyncio, glob, os
asyncio.run(asyncio.sleep(0))
print(bool(glob.glob("%s/%d-*.session" % (os.environ["AWAITSCOPE_DIR"], os.getpid()))), flush=True)
"""


async def waits_for_ever():
    await asyncio.get_running_loop().create_future()


async def gathers():
    await asyncio.gather(*[waits_for_ever() for _ in range(3)])


async def gathers_gathers():
    inner = asyncio.gather(waits_for_ever(), waits_for_ever())
    await asyncio.gather(inner, gathers(), asyncio.get_running_loop().create_future())


async def groups():
    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(waits_for_ever())


async def gathers_in_a_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(groups())
        await asyncio.sleep(0)
        await asyncio.gather(waits_for_ever(), waits_for_ever())


async def takes(queue):
    while True:
        await queue.get()


async def puts(queue):
    while True:
        await queue.put(None)


async def joins(queue):
    await queue.join()


async def acquires(semaphore):
    async with semaphore:
        await waits_for_ever()


async def waits_for_event(event):
    await event.wait()


async def waits_for_condition(condition):
    async with condition:
        await condition.wait()


async def meets(barrier):
    await barrier.wait()


async def waits_for_task(task):
    await task


async def waits_for_first(tasks):
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)


async def waits_for_next(tasks):
    for one in asyncio.as_completed(tasks):
        await one


async def waits_behind_a_shield(task):
    await asyncio.shield(task)


async def waits_for_an_hour(task):
    await asyncio.wait_for(task, 3600)


async def sleeps():
    await asyncio.sleep(3600)


def begin(loop):
    # In no task: who asks what made a task that is there already gets no answer, but for gathers' and groups'.
    empty, bounded, full, kept = asyncio.Queue(), asyncio.Queue(5), asyncio.Queue(2), asyncio.Queue()
    bounded.put_nowait(None)
    for item in range(3):
        kept.put_nowait(item)
    semaphore, event, condition = asyncio.Semaphore(2), asyncio.Event(), asyncio.Condition()
    last = loop.create_task(waits_for_ever())
    work = [takes(empty), takes(bounded), puts(full), puts(full), joins(kept), gathers(), gathers_gathers()]
    work += [acquires(semaphore) for _ in range(4)] + [waits_for_event(event) for _ in range(2)]
    work += [waits_for_condition(condition) for _ in range(2)] + [sleeps(), waits_for_task(last)]
    work += [waits_for_first([last]), waits_behind_a_shield(last), waits_for_an_hour(last)]
    work += [waits_for_next([last]), gathers_who_shares(loop)]
    if sys.version_info >= (3, 11):
        barrier = asyncio.Barrier(3)
        work += [meets(barrier), meets(barrier), groups(), gathers_in_a_group()]
    return [loop.create_task(one) for one in work]


def strip_names():
    names = {asyncio.tasks._GatheringFuture: "_children", asyncio.Queue: "_getters"}
    if sys.version_info >= (3, 11):
        names[asyncio.TaskGroup] = "_parent_task"
    kept = []  # nobody else holds the tasks of a gather
    for one in gc.get_objects():
        if type(one) in names:
            kept.append(getattr(one, names[type(one)]))
            delattr(one, names[type(one)])
    return kept


async def shares(loop):
    for _ in range(10):
        await asyncio.sleep(0)  # all of them have begun to wait, and those that they made
    kept = strip_names() if "bare" in sys.argv else []
    if "late" in sys.argv:
        import awaitscope

        assert awaitscope.enable("late")
    loop.add_signal_handler(signal.SIGUSR1, lambda: subprocess.run([sys.executable, "-c", LOOKS], check=True))
    loop.call_soon(lambda: print("ready", flush=True))
    await waits_for_ever()
    del kept


async def groups_who_shares(loop):
    if sys.version_info < (3, 11):
        await shares(loop)
    async with asyncio.TaskGroup() as group:
        for one in (waits_for_ever(), shares(loop), waits_for_ever()):
            group.create_task(one)


async def gathers_who_shares(loop):
    await asyncio.gather(waits_for_ever(), groups_who_shares(loop), waits_for_ever())


async def main():
    loop = asyncio.get_running_loop()
    tasks = []
    loop.call_soon(lambda: tasks.extend(begin(loop)))
    await waits_for_ever()


if "uvloop" in sys.argv:
    import uvloop

    uvloop.install()
asyncio.run(main())
