# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from twin import new_loop, program, say, turns, twin


@twin
async def texts():
    for kind in (RuntimeError, ValueError, TypeError, TimeoutError, OSError, ConnectionError, ConnectionResetError,
                 ConnectionRefusedError, ConnectionAbortedError, BrokenPipeError, FileNotFoundError, PermissionError,
                 ProcessLookupError, asyncio.InvalidStateError, asyncio.QueueEmpty, asyncio.QueueFull,
                 asyncio.BrokenBarrierError, asyncio.CancelledError, KeyboardInterrupt):
        say(kind(), '|', kind('why'))
    say(SystemExit(), '|', SystemExit(3), '|', SystemExit(3).code)
    say(asyncio.IncompleteReadError(b'abc', 10), '|', asyncio.IncompleteReadError(b'', None))
    say(asyncio.LimitOverrunError('too long', 7), asyncio.LimitOverrunError('too long', 7).consumed)
    error = asyncio.IncompleteReadError(b'abc', 10)
    say(error.partial.decode(), error.expected)
    for error in (TimeoutError('t'), ConnectionResetError('c'), asyncio.IncompleteReadError(b'', 1)):
        try:
            raise error
        except OSError as e:
            say('an OSError:', e)
        except EOFError as e:
            say('not one:', e)


@twin
async def groups():
    inner = ExceptionGroup('inner', [ValueError('a'), TypeError()])
    outer = ExceptionGroup('outer', [inner, RuntimeError('b')])
    say(inner)
    say(outer, outer.message)
    say(list(outer.exceptions))
    say(list(outer.exceptions[0].exceptions))

    async def fails(error, after=0):
        await asyncio.sleep(after)
        raise error

    async def nested():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fails(ValueError('deep'), 1))
            tg.create_task(fails(TypeError('deeper'), 1))

    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(nested())
            tg.create_task(fails(RuntimeError('shallow'), 1))
            try:
                await asyncio.sleep(5)
            finally:
                raise OSError('from the body')
    except ExceptionGroup as group:
        say(group)
        for e in group.exceptions:
            say(e, e.exceptions if isinstance(e, ExceptionGroup) else ())
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fails(KeyboardInterrupt('wins')))
            tg.create_task(fails(ValueError('loses')))
    except KeyboardInterrupt as e:
        say(e)


@twin
async def invalid_states():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def attempt(what, call):
        try:
            say(what, call())
        except asyncio.InvalidStateError as e:
            say(what, e)
        except asyncio.CancelledError as e:
            say(what, e)

    attempt('result', future.result)
    attempt('exception', future.exception)
    future.set_result(1)
    attempt('set_result', lambda: future.set_result(2))
    attempt('set_exception', lambda: future.set_exception(ValueError()))
    attempt('cancel', future.cancel)
    attempt('result', future.result)
    attempt('exception', future.exception)
    gone = loop.create_future()
    attempt('cancel', lambda: gone.cancel('why'))
    attempt('cancel', lambda: gone.cancel('again'))
    attempt('result', gone.result)
    attempt('result', gone.result)
    attempt('exception', gone.exception)
    attempt('set_result', lambda: gone.set_result(1))
    failed = loop.create_future()
    failed.set_exception(ValueError('bad'))
    attempt('exception', failed.exception)
    attempt('cancel', failed.cancel)

    async def work():
        await asyncio.sleep(1)
        return 5

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    attempt('result', task.result)
    attempt('exception', task.exception)
    attempt('cancel', lambda: task.cancel('stop'))
    say(await asyncio.gather(task, return_exceptions=True))
    attempt('result', task.result)
    attempt('exception', task.exception)
    for call in (lambda: task.set_result(1), lambda: task.set_exception(ValueError())):
        try:
            call()
        except RuntimeError as e:
            say(e)


@twin
async def cancel_messages():
    async def inner():
        await asyncio.sleep(5)

    async def outer():
        task = asyncio.create_task(inner())
        try:
            await task
        except asyncio.CancelledError as e:
            say('outer sees', e)
            try:
                task.result()
            except asyncio.CancelledError as again:
                say('asked again', again)
            raise

    task = asyncio.create_task(outer())
    await turns(2)
    task.cancel('first')
    task.cancel('second')
    try:
        await task
    except asyncio.CancelledError as e:
        say('main sees', e)
    try:
        await task
    except asyncio.CancelledError as e:
        say('main sees again', e)
    for use in (asyncio.shield, asyncio.gather, lambda aw: asyncio.wait_for(aw, 10)):
        task = asyncio.create_task(inner())
        waiter = asyncio.ensure_future(use(task))
        await turns(2)
        task.cancel('the inner one')
        try:
            await waiter
        except asyncio.CancelledError as e:
            say(e, task.cancelled())
        task = asyncio.create_task(inner())
        waiter = asyncio.ensure_future(use(task))
        await turns(2)
        waiter.cancel('the outer one')
        try:
            await waiter
        except asyncio.CancelledError as e:
            say(e, task.cancelled())
        task.cancel()
        await asyncio.wait([task])


@twin(since="3.13", because="sleep() refuses a NaN since 3.13")
async def wrong_calls():
    try:
        await asyncio.sleep(float('nan'))
    except ValueError as e:
        say(e)
    try:
        await asyncio.wait([])
    except ValueError as e:
        say(e)

    try:
        async with asyncio.timeout(1) as limit:
            limit.reschedule(None)
            limit.reschedule(asyncio.get_running_loop().time() + 1)
            try:
                await asyncio.sleep(2)
            finally:
                say('expired', limit.expired())
                try:
                    limit.reschedule(None)
                except RuntimeError as e:
                    say(e)
    except TimeoutError as e:
        say(e)

    async def itself():
        try:
            await asyncio.current_task()
        except RuntimeError as e:
            say(str(e).split(':')[0])
        return 'survived'

    say(await asyncio.create_task(itself()))
    other = new_loop()
    foreign = other.create_future()

    async def waits_for_another_loops():
        try:
            await foreign
        except RuntimeError as e:
            say(str(e).endswith('attached to a different loop'))

    await asyncio.create_task(waits_for_another_loops())
    other.close()

    async def value():
        return 1

    once = value()
    say(await once)
    try:
        await once
    except RuntimeError as e:
        say(e)


@program
def without_a_loop():
    async def never():
        pass

    for call in (asyncio.get_running_loop, asyncio.current_task, asyncio.all_tasks):
        try:
            call()
        except RuntimeError as e:
            say(e)
    coroutine = never()
    try:
        asyncio.create_task(coroutine)
    except RuntimeError as e:
        say(e)
    coroutine.close()


async def forgotten():
    pass


@twin(reports=True)
async def never_retrieved():
    async def fails(text):
        raise ValueError(text)

    task = asyncio.create_task(fails('a task'))
    await turns(1)
    del task
    future = asyncio.get_running_loop().create_future()
    future.set_exception(RuntimeError('a future'))
    del future
    forgotten()
    asked = asyncio.create_task(fails('asked'))
    await turns(1)
    asked.exception()
    del asked
    handled = asyncio.get_running_loop().create_future()
    handled.set_exception(RuntimeError('handled'))
    try:
        await handled
    except RuntimeError:
        pass
    del handled


@twin
async def contexts_of_the_handler():
    loop = asyncio.get_running_loop()
    tell = lambda used, context: say(
        context['message'], '|', context['exception'], '|', used is loop, 'future' in context)
    loop.set_exception_handler(tell)

    async def fails(text):
        raise ValueError(text)

    asyncio.create_task(fails('lost'), name='lost')
    await turns(2)
    future = loop.create_future()
    future.set_exception(RuntimeError('lost too'))
    del future
    # An error behind a shield, which nobody waits for any more.
    started = asyncio.Event()

    async def inner():
        started.set()
        await asyncio.sleep(1)
        raise ValueError('behind the shield')

    async def waiter():
        await asyncio.shield(inner())

    task = asyncio.create_task(waiter())
    await started.wait()
    task.cancel()
    await asyncio.wait([task])
    await asyncio.sleep(2)
    # Children of a gather that has ended: their errors are taken, and not told.
    gathered = asyncio.gather(fails('first'), fails('second'))
    try:
        await gathered
    except ValueError as e:
        say('gather raises', e)
    del gathered
    await turns(2)
    loop.call_exception_handler({'message': 'by hand', 'exception': TypeError('made')})
    loop.set_exception_handler(None)


@twin(reports=True)
async def default_handler():
    loop = asyncio.get_running_loop()
    loop.call_exception_handler({'message': 'only a message'})
    loop.call_exception_handler({'message': 'with an error', 'exception': ValueError('the error')})

    def bad(used, context):
        raise RuntimeError('the handler itself')

    loop.set_exception_handler(bad)
    loop.call_exception_handler({'message': 'lost on the way', 'exception': ValueError('the first')})
    loop.set_exception_handler(lambda used, context: used.default_exception_handler(context))
    loop.call_exception_handler({'message': 'handed on', 'exception': PermissionError('Permission denied')})
