# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import contextvars
from twin import new_loop, now, program, say, turns, twin


def virtual_runner():
    return asyncio.Runner(loop_factory=new_loop)


def run(main):
    with virtual_runner() as runner:
        return runner.run(main)


@program
def leftovers():
    async def left(name, seconds):
        try:
            await asyncio.sleep(seconds)
            say(name, 'never')
        except asyncio.CancelledError as e:
            say(name, e, 'at', now())
            raise
        finally:
            await asyncio.sleep(1)
            say(name, 'cleaned up at', now())

    async def main(wait):
        task = asyncio.create_task(left('left', 10), name='left')
        await asyncio.sleep(wait)
        say('main ends', task.done())
        return 'result'

    say(run(main(0)))
    say(run(main(2)))

    async def at_once():
        asyncio.create_task(left('not begun', 10))
        say('main ends')

    say(run(at_once()))

    async def starts_more(depth):
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            say('cancelled', depth)
            # Not among those that are cancelled: it is gone with the loop, or runs while others clean up.
            await asyncio.create_task(turns(2))
            say('its child ended', depth)

    async def deep():
        task = asyncio.create_task(starts_more(1))
        await asyncio.sleep(0)
        return task

    task = run(deep())
    say(task.done(), task.cancelled())


@program
def errors():
    async def value(n):
        return n

    async def fails():
        raise ValueError('main')

    try:
        run(fails())
    except ValueError as e:
        say(e)

    async def nested():
        coroutine = value(1)
        try:
            asyncio.run(coroutine)
        except RuntimeError as e:
            say(e)
        coroutine.close()
        runner = virtual_runner()
        coroutine = value(2)
        try:
            runner.run(coroutine)
        except RuntimeError as e:
            say(e)
        coroutine.close()

    run(nested())
    runner = virtual_runner()
    say(runner.run(value(3)))
    runner.close()
    runner.close()
    try:
        runner.get_loop()
    except RuntimeError as e:
        say(e)
    coroutine = value(4)
    try:
        runner.run(coroutine)
    except RuntimeError as e:
        say(e)
    coroutine.close()
    with virtual_runner():
        pass
    say('an unused one is no problem')


@program
def used_again():
    number = contextvars.ContextVar('number', default=0)

    async def count(by):
        number.set(number.get() + by)
        await asyncio.sleep(1)
        return number.get()

    async def background():
        for n in range(4):
            await asyncio.sleep(1)
            say('background', n, 'at', now(), number.get())

    async def start():
        number.set(10)
        return asyncio.create_task(background())

    with virtual_runner() as runner:
        loop = runner.get_loop()
        say(loop.is_running(), loop is runner.get_loop())
        say(runner.run(count(1)), runner.run(count(2)))
        task = runner.run(start())
        say(runner.run(count(5)), number.get())
        try:
            runner.run(fails_after_one())
        except ValueError as e:
            say(e, task.done(), loop.is_closed())
        say(runner.run(asyncio.wait_for(count(7), 5)))
        say(loop.time(), task.done())
    say(task.done(), task.cancelled(), loop.is_closed())


async def fails_after_one():
    await asyncio.sleep(0.5)
    raise ValueError('once')


@program
def main_cancelled():
    async def raises():
        raise asyncio.CancelledError('by hand')

    async def itself():
        asyncio.current_task().cancel('by itself')
        say('goes on')
        await asyncio.sleep(1)
        say('never')

    async def by_another():
        main = asyncio.current_task()
        asyncio.get_running_loop().call_later(1, main.cancel, 'by a timer')
        try:
            await asyncio.sleep(5)
        finally:
            say('cancelled at', now(), main.cancelling())

    async def swallows():
        asyncio.current_task().cancel()
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            say('swallowed', asyncio.current_task().cancelling())
        await asyncio.sleep(1)
        return 'ended at ' + now()

    for main in (raises, itself, by_another, swallows):
        try:
            say(run(main()))
        except asyncio.CancelledError as e:
            say(main.__name__, e)


@program
def generators():
    async def numbers(name):
        try:
            for n in range(10):
                yield n
                await asyncio.sleep(1)
        finally:
            say(name, 'is closed at', now())
            await asyncio.sleep(1)
            say(name, 'cleaned up at', now())

    kept = []

    async def main():
        generator = numbers('kept')
        kept.append(generator)
        async for n in generator:
            say(n)
            if n == 2:
                break
        other = numbers('closed')
        say(await anext(other), await anext(other))
        await other.aclose()
        finished = numbers('finished')
        total = 0
        async for n in finished:
            total += n
        say('sum', total)
        return 'main ends at ' + now()

    say(run(main()))


@program
def failing_clean_up():
    def handler(loop, context):
        say('handler:', context['message'], context['exception'], context['task'].get_name())

    async def bad(name):
        try:
            await asyncio.sleep(10)
        finally:
            raise ValueError(name)

    async def stubborn():
        for _ in range(3):
            try:
                await asyncio.sleep(1)
                say('slept until', now())
            except asyncio.CancelledError:
                say('not yet')
        return 'stubborn'

    async def main():
        asyncio.get_running_loop().set_exception_handler(handler)
        asyncio.create_task(bad('one'), name='first')
        task = asyncio.create_task(stubborn())
        await asyncio.sleep(0)
        say('main ends')
        return task

    task = run(main())
    say(task.done(), task.result())


@program
def exits():
    async def task_that_exits(error):
        await asyncio.sleep(1)
        say('raises', error)
        raise error

    async def other():
        try:
            await asyncio.sleep(5)
        finally:
            say('other ends at', now())

    async def main(error):
        asyncio.create_task(other())
        task = asyncio.create_task(task_that_exits(error))
        try:
            await task
        except asyncio.CancelledError:
            say('main cancelled')
            raise
        except BaseException as e:
            say('main sees', e)
            raise

    for error in (SystemExit(3), KeyboardInterrupt('now')):
        try:
            run(main(error))
        except (SystemExit, KeyboardInterrupt) as e:
            say('run raises', e)

    async def main_exits():
        asyncio.create_task(other())
        await asyncio.sleep(0)
        raise SystemExit(4)

    try:
        run(main_exits())
    except SystemExit as e:
        say('run raises', e)


@program
def debug():
    async def main():
        return asyncio.get_running_loop().get_debug()

    say(asyncio.run(main(), debug=True), asyncio.run(main(), debug=False))
    with asyncio.Runner(debug=True) as runner:
        say(runner.get_loop().get_debug())
        runner.get_loop().set_debug(False)
        say(runner.run(main()))


@twin(clock="real")
async def executor():
    # The threads are waited for: what they do is seen after run().
    import threading
    gate = threading.Event()
    loop = asyncio.get_running_loop()
    future = loop.run_in_executor(None, gate.wait)
    say('running', future.done())
    gate.set()
    say(await future)
    await loop.shutdown_default_executor()
    try:
        await loop.run_in_executor(None, gate.wait)
    except RuntimeError as e:
        say(e)
    await loop.shutdown_default_executor()
    say('twice is no problem')
