# SPDX-License-Identifier: GPL-3.0-or-later
"""Signal handlers of a loop: order, errors, contexts, and Ctrl-C beside them."""
import asyncio
import contextvars
import os
import signal

from twin import caught, program, say, turns, twin


@twin(clock="real")
async def order():
    loop = asyncio.get_running_loop()

    def told(name, number):
        say("handler", name, number)
        loop.call_soon(lambda: say("after", name))

    loop.add_signal_handler(signal.SIGUSR1, told, "one", 1)
    loop.add_signal_handler(signal.SIGUSR2, told, "two", 2)
    for number in (signal.SIGUSR2, signal.SIGUSR1, signal.SIGUSR2):
        os.kill(os.getpid(), number)
    loop.call_soon(lambda: say("soon"))
    say("sent")
    for turn in range(1, 6):
        await turns(1)
        say("turn", turn)
    say("removed", loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
    say("removed", loop.remove_signal_handler(signal.SIGUSR2))


@twin(clock="real")
async def waiting():
    loop = asyncio.get_running_loop()
    event = asyncio.Event()

    async def waiter(name):
        await event.wait()
        say(name, "woke")

    tasks = [asyncio.create_task(waiter(name)) for name in "ab"]
    await turns(1)
    loop.add_signal_handler(signal.SIGHUP, event.set)
    loop.call_soon(os.kill, os.getpid(), signal.SIGHUP)
    say("waiting")
    await asyncio.gather(*tasks)
    say("is set", event.is_set())
    loop.remove_signal_handler(signal.SIGHUP)


@twin(clock="real")
async def refused():
    loop = asyncio.get_running_loop()

    def attempt(number, callback=lambda: None):
        try:
            loop.add_signal_handler(number, callback)
            say(number, "taken")
        except Exception:
            say(number, caught())

    async def coroutine_function():
        pass

    attempt(0)
    attempt(-5)
    attempt(1000)
    attempt(signal.SIGKILL.value)
    attempt(signal.SIGSTOP.value)
    attempt(signal.SIGUSR1.value, coroutine_function)
    attempt(signal.SIGUSR1.value)
    try:
        loop.remove_signal_handler(0)
    except ValueError:
        say("remove", caught())
    say("never added", loop.remove_signal_handler(signal.SIGUSR2), loop.remove_signal_handler(signal.SIGKILL))
    say("added", loop.remove_signal_handler(signal.SIGUSR1))


@twin(clock="real")
async def replaced_and_failing():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: say("reported", context["exception"]))

    def fails():
        say("fails")
        raise ValueError("in a handler")

    def removes():
        say("removes, was there:", loop.remove_signal_handler(signal.SIGUSR1))

    loop.add_signal_handler(signal.SIGUSR1, say, "never")
    loop.add_signal_handler(signal.SIGUSR1, fails)
    os.kill(os.getpid(), signal.SIGUSR1)
    os.kill(os.getpid(), signal.SIGUSR1)
    await turns(3)
    loop.add_signal_handler(signal.SIGUSR1, removes)
    loop.add_signal_handler(signal.SIGUSR2, say, "the other one")
    os.kill(os.getpid(), signal.SIGUSR1)
    os.kill(os.getpid(), signal.SIGUSR2)
    await turns(3)
    say("gone", loop.remove_signal_handler(signal.SIGUSR1))
    loop.remove_signal_handler(signal.SIGUSR2)


@twin(clock="real")
async def context():
    loop = asyncio.get_running_loop()
    variable = contextvars.ContextVar("variable", default=0)

    def handler():
        say("handler sees", variable.get())
        variable.set(variable.get() + 10)

    variable.set(1)
    loop.add_signal_handler(signal.SIGUSR1, handler)
    variable.set(2)
    os.kill(os.getpid(), signal.SIGUSR1)
    os.kill(os.getpid(), signal.SIGUSR1)
    await turns(3)
    say("main sees", variable.get())
    loop.remove_signal_handler(signal.SIGUSR1)


@program
def interrupt():
    async def interrupted(own_handler):
        loop = asyncio.get_running_loop()
        if own_handler:
            loop.add_signal_handler(signal.SIGINT, say, "the loop's own handler")
        os.kill(os.getpid(), signal.SIGINT)
        try:
            await turns(3)
            say("not interrupted")
        except asyncio.CancelledError:
            say("cancelled")
            raise
        return "result"

    for own_handler in (False, True, False):
        try:
            say("run gives", asyncio.run(interrupted(own_handler)))
        except KeyboardInterrupt:
            say("KeyboardInterrupt")
