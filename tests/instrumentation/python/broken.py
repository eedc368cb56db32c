# SPDX-License-Identifier: GPL-3.0-or-later
# A task that no adapter can know: what it asks for is an error.
import asyncio


class Odd(asyncio.tasks._PyTask):
    asked = 0

    @property
    def _fut_waiter(self):
        return self.__dict__.get("waiter")

    @_fut_waiter.setter
    def _fut_waiter(self, value):
        self.__dict__["waiter"] = value

    @property
    def _coro(self):
        import sys

        if sys._getframe(1).f_code.co_name not in ("__step", "__init__", "__step_run_and_handle_result"):
            raise ZeroDivisionError("not to be looked at")
        return self.__dict__["coro"]

    @_coro.setter
    def _coro(self, value):
        self.__dict__["coro"] = value


async def work():
    await asyncio.sleep(0.001)
    return 42


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro, **more: Odd(coro, loop=loop, **more))
    print(await loop.create_task(work()))


asyncio.run(main())
