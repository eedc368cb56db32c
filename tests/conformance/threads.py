# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import concurrent.futures
import contextvars
import threading
from twin import say, turns, twin


class Gate:
    """A thread waits here until the loop lets it go on: the order is not left to the machine."""
    def __init__(self):
        self.event = threading.Event()

    def open(self):
        self.event.set()

    def wait(self):
        assert self.event.wait(10)


@twin(clock="real")
async def executor():
    loop = asyncio.get_running_loop()
    gate = Gate()

    def works(a, b):
        gate.wait()
        return a * b

    def fails(text):
        gate.wait()
        raise ValueError(text)

    futures = [loop.run_in_executor(None, works, 6, 7), loop.run_in_executor(None, fails, 'in a thread')]
    await turns(2)
    say([f.done() for f in futures])
    gate.open()
    say(await asyncio.gather(*futures, return_exceptions=True))
    say(await loop.run_in_executor(None, lambda: threading.current_thread() is threading.main_thread()))
    try:
        await loop.run_in_executor(None, fails, 'again')
    except ValueError as e:
        say(e)
    futures[0].add_done_callback(lambda f: say('callback', f.result()))
    await turns(1)


@twin(clock="real")
async def to_thread():
    name = contextvars.ContextVar('name', default='nobody')
    name.set('main')

    def work(*parts):
        text = ' '.join(parts) + ' of ' + name.get()
        name.set('the thread')
        return text + ', now ' + name.get()

    def fails():
        raise RuntimeError('bad thread')

    say(await asyncio.to_thread(work, 'a', 'b'), name.get())
    try:
        await asyncio.to_thread(fails)
    except RuntimeError as e:
        say(e)

    async def task(label):
        name.set(label)
        return await asyncio.to_thread(work, label)

    say(await asyncio.gather(task('x'), task('y'), task('z')))
    coroutine = asyncio.to_thread(work, 'later')
    name.set('changed')
    say(await coroutine)
    say(name.get())


@twin(clock="real")
async def cancelled():
    loop = asyncio.get_running_loop()
    gate, ended = Gate(), Gate()

    def work():
        gate.wait()
        ended.open()
        return 'unheard'

    async def waits(name):
        try:
            say(name, await asyncio.to_thread(work))
        except asyncio.CancelledError as e:
            say(name, e, gate.event.is_set())
            raise

    task = asyncio.create_task(waits('a'))
    await turns(2)
    task.cancel('no time')
    say(await asyncio.gather(task, return_exceptions=True))
    # The thread cannot be stopped: it goes on, and its result is dropped.
    gate.open()
    await loop.run_in_executor(None, ended.wait)
    say('the thread has ended', task.cancelled())
    gate = Gate()
    try:
        await asyncio.wait_for(asyncio.to_thread(gate.wait), 0.01)
    except TimeoutError as e:
        say(e)
    gate.open()
    gate, ended = Gate(), Gate()
    future = loop.run_in_executor(None, work)
    shielded = asyncio.ensure_future(asyncio.shield(future))
    await turns(1)
    say(shielded.cancel('only the shield'), future.done())
    await turns(1)
    say(shielded.cancelled(), future.cancelled())
    gate.open()
    say(await future)


@twin(clock="real")
async def calls_from_threads():
    loop = asyncio.get_running_loop()
    first, second = Gate(), Gate()
    done = asyncio.Event()

    def one():
        loop.call_soon_threadsafe(say, 'one, first')
        loop.call_soon_threadsafe(say, 'one, second')
        first.open()

    def two():
        first.wait()
        loop.call_soon_threadsafe(say, 'two')
        handle = loop.call_soon_threadsafe(say, 'never')
        handle.cancel()
        loop.call_soon_threadsafe(lambda: loop.call_soon(done.set))
        second.open()

    threads = [threading.Thread(target=target) for target in (two, one)]
    for t in threads:
        t.start()
    second.wait()
    for t in threads:
        t.join()
    loop.call_soon(say, 'soon of main')
    say('main has waited')
    await done.wait()
    say('done', done.is_set())

    def fails():
        raise ValueError('in a call')

    loop.set_exception_handler(lambda _, context: say('handler:', context['exception']))
    await asyncio.to_thread(loop.call_soon_threadsafe, fails)
    await asyncio.to_thread(loop.call_soon_threadsafe, say, 'after it')
    await turns(2)


@twin(clock="real")
async def coroutines_from_threads():
    loop = asyncio.get_running_loop()

    async def adds(a, b):
        say('adds in', asyncio.current_task() is not None)
        await asyncio.sleep(0)
        return a + b

    async def fails():
        await asyncio.sleep(0)
        raise ValueError('for the thread')

    async def forever():
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            say('forever is cancelled')
            raise

    def thread():
        lines = []
        future = asyncio.run_coroutine_threadsafe(adds(1, 2), loop)
        lines.append(future.result())
        lines.append(future.result(1))
        lines.append(future.exception())
        lines += [future.done(), future.cancelled(), future.cancel()]
        future = asyncio.run_coroutine_threadsafe(fails(), loop)
        try:
            future.result()
        except ValueError as e:
            lines.append(e)
        lines.append(future.exception())
        future = asyncio.run_coroutine_threadsafe(forever(), loop)
        try:
            future.result(0.01)
        except TimeoutError as e:
            lines.append(e)
        lines += [future.done(), future.cancel(), future.done(), future.cancelled()]
        try:
            future.result()
        except concurrent.futures.CancelledError:
            lines.append('cancelled')
        future = asyncio.run_coroutine_threadsafe(adds(3, 4), loop)
        called = Gate()
        future.add_done_callback(lambda f: (lines.append(f.result()), called.open()))
        called.wait()
        future.add_done_callback(lambda f: lines.append('at once'))
        return lines

    for line in await asyncio.to_thread(thread):
        say(line)


@twin(clock="real")
async def cancelled_in_the_loop():
    loop = asyncio.get_running_loop()
    tasks = []

    async def waits():
        tasks.append(asyncio.current_task())
        await asyncio.sleep(3600)

    def thread():
        future = asyncio.run_coroutine_threadsafe(waits(), loop)
        try:
            future.result()
        except concurrent.futures.CancelledError:
            return 'the thread sees it cancelled', future.cancelled(), future.done()

    watcher = asyncio.create_task(asyncio.to_thread(thread))
    while not tasks:
        await asyncio.sleep(0.001)
    tasks[0].cancel()
    say(await watcher)
    say(tasks[0].cancelled())


@twin(clock="real")
async def hand_over():
    # Two threads and the loop pass a token around, each in its turn.
    loop = asyncio.get_running_loop()
    log = []

    def step(name, n):
        log.append(f'{name}{n}')
        return n + 1

    n = 0
    while n < 9:
        n = await asyncio.to_thread(step, 'thread ', n)
        future = loop.create_future()
        loop.call_soon_threadsafe(future.set_result, step('loop ', n))
        n = await future
        n = await loop.run_in_executor(None, step, 'executor ', n)
    say(*log)
    async with asyncio.TaskGroup() as tg:
        gate = Gate()
        waiting = tg.create_task(asyncio.to_thread(gate.wait))
        await turns(2)
        say('waiting', waiting.done())
        await tg.create_task(asyncio.to_thread(gate.open))
        await waiting
    say(waiting.done())
