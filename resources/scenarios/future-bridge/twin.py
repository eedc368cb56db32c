# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


def ask(delay, answer):
    """Older code: it knows of no coroutines, and answers
    through a callback some time later."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def on_answer():
        print(f"callback: the answer is {answer}")
        future.set_result(answer)

    loop.call_later(delay, on_answer)
    return future


async def compute():
    await asyncio.sleep(1)
    print("compute: done")
    return "a result"


async def main():
    answer = ask(1, "yes")
    print("main: asked, and waits")
    text = await answer
    print(f"main: heard {text}")

    first, second = await asyncio.gather(ask(2, "no"), compute())
    print(f"main: heard {first} and {second}")


asyncio.run(main())
