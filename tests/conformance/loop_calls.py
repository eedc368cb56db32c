# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import contextvars
from twin import new_loop, now, program, say, turns, twin


@twin
async def order():
    loop = asyncio.get_running_loop()

    def nested(depth):
        say('nested', depth)
        if depth < 3:
            loop.call_soon(nested, depth + 1)
            loop.call_later(0, say, 'timer of', depth)

    loop.call_later(0, say, 'later 0')
    loop.call_at(loop.time(), say, 'at now')
    loop.call_at(loop.time() - 5, say, 'at the past')
    loop.call_later(-1, say, 'later -1')
    loop.call_soon(say, 'soon')
    loop.call_soon(nested, 0)
    task = asyncio.create_task(turns(2))
    task.add_done_callback(lambda _: say('task done'))
    loop.call_soon(say, 'soon after the task')
    say('main waits')
    await asyncio.sleep(0)
    say('main after one turn')
    await asyncio.sleep(0)
    say('main after two')
    await task
    say('main after the task')
    await turns(3)


@twin
async def equal_and_near_timers():
    loop = asyncio.get_running_loop()
    base = loop.time()
    for name, delay in (('a', 1), ('b', 0.5), ('c', 1), ('d', 1.0005), ('e', 0.5), ('f', 2), ('g', 1), ('h', 0.25)):
        loop.call_at(base + delay, lambda name=name: say(name, 'at', now()))
    loop.call_later(1, lambda: loop.call_later(0, say, 'set at 1 by a timer', now()))
    loop.call_later(1, lambda: loop.call_soon(say, 'set at 1, soon'))
    await asyncio.sleep(1)
    say('main at', now())
    handles = [loop.call_later(1 + n % 7, say, 'never', n) for n in range(150)]
    for n, handle in enumerate(handles):
        if n % 50:
            handle.cancel()
    await asyncio.sleep(8)
    say('main at', now(), sum(h.cancelled() for h in handles))
    handle = loop.call_later(3600 * 24 * 365, say, 'never')
    loop.call_later(3600 * 24, say, 'a day later')
    await asyncio.sleep(3600 * 24)
    say(now(), handle.when() - loop.time() == 3600 * 24 * 364)
    handle.cancel()


@twin
async def cancelled_handles():
    loop = asyncio.get_running_loop()
    one = loop.call_soon(say, 'one')
    two = loop.call_soon(lambda: (say('two cancels three and five'), three.cancel(), five.cancel()))
    three = loop.call_soon(say, 'three')
    four = loop.call_later(0, say, 'four')
    five = loop.call_later(0, say, 'five')
    six = loop.call_later(1, say, 'six')
    one.cancel()
    one.cancel()
    say([h.cancelled() for h in (one, two, three, four, five, six)])
    await turns(2)
    say([h.cancelled() for h in (one, two, three, four, five, six)])
    two.cancel()
    say('after it ran', two.cancelled(), six.when() - loop.time())
    loop.call_later(1, six.cancel)
    seven = loop.call_later(1, say, 'seven')
    loop.call_later(1, seven.cancel)
    await asyncio.sleep(2)
    say(six.cancelled(), seven.cancelled())

    def itself():
        say('runs once', handle.cancelled())
        handle.cancel()
        say('cancelled itself', handle.cancelled())

    handle = loop.call_soon(itself)
    await asyncio.sleep(0)


@program
def stopping():
    loop = new_loop()

    def first():
        say('first')
        loop.stop()
        loop.call_soon(say, 'left over')
        loop.call_later(0, say, 'timer left over')

    loop.call_soon(first)
    loop.call_soon(say, 'same turn')
    loop.run_forever()
    say('stopped', loop.is_running(), loop.is_closed())
    loop.stop()
    say('stopped before it runs')
    loop.call_soon(lambda: say('running', loop.is_running()))
    loop.run_forever()
    say('one turn')
    loop.call_later(2, loop.stop)
    loop.call_later(1, say, 'at 1')
    loop.call_later(3, say, 'at 3')
    loop.run_forever()
    say(loop.time())
    loop.call_soon(loop.stop)
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.call_later(2, loop.stop)
    loop.run_forever()
    say(loop.time())
    loop.close()
    say(loop.is_closed())


@program
def until_complete():
    loop = new_loop()

    async def work(n):
        await asyncio.sleep(n)
        if n == 2:
            raise ValueError('two')
        return n

    say(loop.run_until_complete(work(1)), loop.time())
    try:
        loop.run_until_complete(work(2))
    except ValueError as e:
        say(e)
    future = loop.create_future()
    loop.call_later(1, future.set_result, 'set')
    say(loop.run_until_complete(future), loop.run_until_complete(future))
    never = loop.create_future()
    loop.call_later(1, loop.stop)
    try:
        loop.run_until_complete(never)
    except RuntimeError as e:
        say(e, never.done())
    never.cancel('enough')
    try:
        loop.run_until_complete(never)
    except asyncio.CancelledError as e:
        say(e)
    task = loop.create_task(work(5))
    say(loop.run_until_complete(work(1)), task.done())
    say(loop.run_until_complete(task), loop.time())

    async def inner():
        try:
            loop.run_until_complete(future)
        except RuntimeError as e:
            say(e)
        try:
            loop.close()
        except RuntimeError as e:
            say(e)
        other = new_loop()
        try:
            other.run_until_complete(other.create_future())
        except RuntimeError as e:
            say(e)
        other.close()

    loop.run_until_complete(inner())
    loop.close()


@program
def closed():
    loop = new_loop()
    loop.call_soon(say, 'never')
    loop.call_later(0, say, 'never')
    future = loop.create_future()
    future.add_done_callback(lambda _: say('never'))
    loop.close()
    loop.close()
    for call in (lambda: loop.call_soon(say, 'no'), lambda: loop.call_at(1, say, 'no'),
                 lambda: loop.call_soon_threadsafe(say, 'no'), lambda: loop.run_until_complete(future),
                 loop.run_forever, lambda: loop.run_in_executor(None, say, 'no')):
        try:
            call()
        except RuntimeError as e:
            say(e)
    say(loop.is_closed(), loop.is_running(), future.done())
    loop.stop()


@program
def failing_callbacks():
    loop = new_loop()

    def handler(used, context):
        say('handler:', context['message'].startswith('Exception in callback'), context['exception'],
            used is loop, 'handle' in context, 'future' in context)
        if str(context['exception']) == 'stops':
            used.stop()

    def fails(error):
        say('fails with', error)
        raise error

    loop.set_exception_handler(handler)
    loop.call_soon(fails, ValueError('one'))
    loop.call_soon(say, 'goes on')
    loop.call_later(1, fails, RuntimeError('timer'))
    loop.call_later(2, fails, RuntimeError('stops'))
    loop.run_forever()
    say(loop.time())
    future = loop.create_future()
    future.add_done_callback(lambda _: fails(ValueError('done callback')))
    future.add_done_callback(lambda _: say('the next one'))
    loop.call_soon(future.set_result, 1)
    say(loop.run_until_complete(future))
    for error in (KeyboardInterrupt('ctrl-c'), SystemExit(3)):
        loop.call_soon(fails, error)
        loop.call_soon(say, 'in the next run')
        try:
            loop.run_forever()
        except (KeyboardInterrupt, SystemExit) as e:
            say('out of the loop:', e, loop.is_running())
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.set_exception_handler(lambda used, context: say('another:', context['message']))
    loop.call_exception_handler({'message': 'by hand'})
    loop.close()


@twin
async def tasks_among_callbacks():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    async def waits(name):
        say(name, 'begins')
        say(name, 'has', await future)
        await asyncio.sleep(0)
        say(name, 'ends')

    future.add_done_callback(lambda f: say('callback 1', f.result()))
    a = asyncio.create_task(waits('a'))
    await asyncio.sleep(0)
    future.add_done_callback(lambda f: say('callback 2', f.result()))
    b = asyncio.create_task(waits('b'))
    loop.call_soon(say, 'between')
    c = asyncio.create_task(waits('c'))
    loop.call_soon(future.set_result, 'it')
    loop.call_soon(lambda: future.add_done_callback(lambda f: say('callback 3', f.result())))
    loop.call_soon(loop.call_soon, say, 'nested')
    loop.call_soon_threadsafe(say, 'threadsafe')
    loop.call_soon(say, 'last')
    await asyncio.gather(a, b, c)
    say('end')


@twin
async def contexts():
    loop = asyncio.get_running_loop()
    name = contextvars.ContextVar('name', default='nobody')
    future = loop.create_future()
    name.set('main')

    def tell(where):
        say(where, name.get())
        name.set(where)
        if where != 'nested':
            loop.call_soon(tell, 'nested')

    async def work(label):
        say(label, 'begins as', name.get())
        name.set(label)
        loop.call_soon(tell, 'soon of ' + label)
        await future
        say(label, 'ends as', name.get())

    loop.call_soon(tell, 'soon')
    loop.call_later(0, tell, 'later')
    future.add_done_callback(lambda _: say('callback as', name.get()))
    a = asyncio.create_task(work('a'))
    name.set('main 2')
    b = asyncio.create_task(work('b'))
    future.add_done_callback(lambda _: say('callback as', name.get()))
    name.set('main 3')
    await turns(2)
    future.set_result(None)
    await asyncio.gather(a, b)
    say('main is', name.get())
