# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def answer():
    await asyncio.sleep(0.6)
    return 42


def main():
    loop = asyncio.new_event_loop()
    loop.call_soon(print, "callback: soon")
    loop.call_later(0.4, print, "callback: later")
    loop.call_at(loop.time() + 0.2, print, "callback: at")
    never = loop.call_later(0.3, print, "callback: never")
    never.cancel()
    print("main: nothing has run yet")
    print(f"main: the answer is {loop.run_until_complete(answer())}")

    def first():
        loop.call_soon(print, "third: called by the first")
        print("first")

    loop.call_soon(first)
    loop.call_soon(print, "second")
    loop.call_later(0.4, loop.stop)
    loop.run_forever()
    print("main: stopped")
    loop.close()


main()
