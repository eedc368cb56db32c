# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from twin import caught, now, say, turns, twin


@twin
async def basics():
    queue = asyncio.Queue(2)
    say(queue.maxsize, queue.qsize(), queue.empty(), queue.full())
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty as e:
        say(e)
    queue.put_nowait(1)
    await queue.put(2)
    try:
        queue.put_nowait(3)
    except asyncio.QueueFull as e:
        say(e, queue.qsize(), queue.full())
    say(await queue.get(), queue.get_nowait(), queue.empty())
    endless = asyncio.Queue(-1)
    for n in range(5):
        endless.put_nowait(n)
    say(endless.maxsize, endless.full(), endless.qsize())
    for _ in range(2):
        endless.task_done()
    task = asyncio.create_task(endless.join())
    await turns(2)
    say(task.done())
    for _ in range(3):
        endless.task_done()
    say(task.done(), await task)
    try:
        endless.task_done()
    except ValueError as e:
        say(e, endless.qsize())
    await endless.join()
    await asyncio.Queue().join()


@twin
async def blocking_order():
    queue = asyncio.Queue(1)

    async def putter(name, count):
        for n in range(count):
            await queue.put(f'{name}{n}')
            say('put', f'{name}{n}', queue.qsize())

    async def getter(name, count):
        for _ in range(count):
            say(name, 'got', await queue.get(), queue.qsize())

    await asyncio.gather(putter('a', 3), putter('b', 2), getter('x', 2), putter('c', 1), getter('y', 4))
    say(queue.qsize())
    getters = [asyncio.create_task(getter(n, 1)) for n in 'pqr']
    await asyncio.sleep(0)
    for n in range(5):
        try:
            queue.put_nowait(n)
            say('put', n)
        except asyncio.QueueFull:
            say('full at', n)
            await asyncio.sleep(0)
    await turns(2)
    say([t.done() for t in getters], queue.qsize())
    await asyncio.gather(*getters)


@twin
async def stealing():
    queue = asyncio.Queue()

    async def getter(name):
        item = await queue.get()
        say(name, 'got', item)

    a = asyncio.create_task(getter('a'))
    b = asyncio.create_task(getter('b'))
    await asyncio.sleep(0)
    queue.put_nowait(1)
    say('stolen', queue.get_nowait())
    await asyncio.sleep(0)
    # a was woken for nothing, and stands behind b now.
    queue.put_nowait(2)
    await turns(2)
    say(a.done(), b.done())
    queue.put_nowait(3)
    c = asyncio.create_task(getter('c'))
    queue.put_nowait(4)
    await asyncio.gather(a, c)
    full = asyncio.Queue(1)
    full.put_nowait('x')

    async def putter(name):
        await full.put(name)
        say(name, 'is in')

    tasks = [asyncio.create_task(putter(n)) for n in 'de']
    await asyncio.sleep(0)
    say(full.get_nowait())
    full.put_nowait('thief')
    for _ in range(3):
        await turns(2)
        say([t.done() for t in tasks], full.get_nowait())


@twin
async def cancelled_getters():
    async def getter(name, queue):
        try:
            say(name, 'got', await queue.get())
        except asyncio.CancelledError as e:
            say(name, e, queue.qsize())
            raise

    for moment in range(5):
        say('moment', moment)
        queue = asyncio.Queue()
        tasks = [asyncio.create_task(getter(n, queue)) for n in 'abc']
        if moment == 0:
            tasks[0].cancel()
        await asyncio.sleep(0)
        if moment == 1:
            tasks[0].cancel('one')
        queue.put_nowait(1)
        if moment == 2:
            tasks[0].cancel('two')
        elif moment == 3:
            # The item was a's; then b's; c gets it.
            tasks[0].cancel('three')
            tasks[1].cancel('three')
        elif moment == 4:
            queue.get_nowait()
            tasks[0].cancel('four')
        await turns(3)
        say([t.done() for t in tasks], queue.qsize())
        queue.put_nowait(2)
        queue.put_nowait(3)
        await turns(2)
        for t in tasks:
            t.cancel()
        say(await asyncio.gather(*tasks, return_exceptions=True), queue.qsize())


@twin
async def cancelled_putters():
    async def putter(name, queue):
        try:
            await queue.put(name)
            say(name, 'is in')
        except asyncio.CancelledError as e:
            say(name, e, queue.qsize())
            raise

    for moment in range(4):
        say('moment', moment)
        queue = asyncio.Queue(1)
        queue.put_nowait('first')
        tasks = [asyncio.create_task(putter(n, queue)) for n in 'abc']
        await asyncio.sleep(0)
        if moment == 0:
            tasks[0].cancel('zero')
        say(queue.get_nowait())
        if moment == 1:
            tasks[0].cancel('one')
        elif moment == 2:
            tasks[0].cancel('two')
            tasks[1].cancel('two')
        elif moment == 3:
            queue.put_nowait('thief')
            tasks[0].cancel('three')
        await turns(2)
        say([t.done() for t in tasks], queue.qsize())
        got = []
        while not all(t.done() for t in tasks) or not queue.empty():
            got.append(await queue.get())
            await turns(2)
        say(got, await asyncio.gather(*tasks, return_exceptions=True))


@twin(since="3.13", because="queues can be shut down since 3.13")
async def shutdown():
    async def getter(name, queue):
        try:
            while True:
                say(name, 'got', await queue.get())
                queue.task_done()
        except asyncio.QueueShutDown as e:
            say(name, e, queue.qsize())

    async def putter(name, queue):
        try:
            for n in range(3):
                await queue.put(f'{name}{n}')
                say('put', f'{name}{n}')
        except asyncio.QueueShutDown as e:
            say(name, e, queue.qsize())

    for immediate in (False, True):
        say('immediate', immediate)
        queue = asyncio.Queue(2)
        putters = [asyncio.create_task(putter(n, queue)) for n in 'ab']
        join = asyncio.create_task(queue.join())
        await turns(2)
        queue.shutdown(immediate)
        say('shut down', queue.qsize(), join.done())
        for call in (lambda: queue.put_nowait('no'), queue.get_nowait, queue.get_nowait, queue.get_nowait):
            try:
                say(call())
            except (asyncio.QueueShutDown, asyncio.QueueFull) as e:
                say(e)
        await turns(3)
        say([t.done() for t in putters], join.done())
        try:
            queue.task_done()
            queue.task_done()
            queue.task_done()
        except ValueError as e:
            say(e)
        await join
        empty = asyncio.Queue()
        getters = [asyncio.create_task(getter(n, empty)) for n in 'xyz']
        await asyncio.sleep(0)
        empty.put_nowait('one')
        empty.put_nowait('two')
        empty.shutdown(immediate)
        await asyncio.gather(*getters)
        say(empty.qsize())
        try:
            await empty.put('late')
        except asyncio.QueueShutDown as e:
            say(e)
        empty.shutdown(True)
        try:
            await empty.get()
        except asyncio.QueueShutDown:
            say(caught(), empty.empty())


@twin(since="3.13", because="wait_for() makes no task since 3.12, and queues can be shut down since 3.13")
async def timeouts_and_shutdown():
    queue = asyncio.Queue(1)

    async def getter(name, limit):
        try:
            say(name, 'got', await asyncio.wait_for(queue.get(), limit), 'at', now())
        except (TimeoutError, asyncio.QueueShutDown) as e:
            say(name, e, 'at', now())

    async def putter(name, limit):
        try:
            await asyncio.wait_for(queue.put(name), limit)
            say('put', name, 'at', now())
        except (TimeoutError, asyncio.QueueShutDown) as e:
            say(name, e, 'at', now())

    loop = asyncio.get_running_loop()
    loop.call_later(2, queue.put_nowait, 'timer')
    await asyncio.gather(getter('a', 1), getter('b', 3), getter('c', 0))
    await asyncio.gather(putter('d', 1), putter('e', 1), putter('f', None), putter('g', 0),
                         asyncio.sleep(2), getter('h', 5), getter('i', 5))
    say(queue.qsize(), now())
    tasks = [asyncio.create_task(getter(n, 9)) for n in 'jk']
    loop.call_later(1, queue.shutdown)
    await asyncio.gather(*tasks)
    await putter('l', 1)
    await getter('m', None)
    say(now())


@twin(since="3.12", because="wait_for() makes no task since 3.12")
async def joining():
    queue = asyncio.Queue()
    for n in range(4):
        queue.put_nowait(n)

    async def worker(name):
        while True:
            n = await queue.get()
            try:
                await asyncio.sleep(n)
                if n == 2:
                    queue.put_nowait(0)
                say(name, 'did', n, 'at', now())
            finally:
                queue.task_done()

    async def joiner(name):
        await queue.join()
        say(name, 'joined at', now(), queue.qsize())

    workers = [asyncio.create_task(worker(n)) for n in 'ab']
    joiners = [asyncio.create_task(joiner(n)) for n in 'xyz']
    await asyncio.sleep(1)
    joiners[1].cancel()
    try:
        await asyncio.wait_for(queue.join(), 1)
    except TimeoutError as e:
        say(e, now())
    say(await asyncio.gather(*joiners, return_exceptions=True))
    for w in workers:
        w.cancel()
    say(await asyncio.gather(*workers, return_exceptions=True))
