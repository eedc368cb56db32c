# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import contextvars

user = contextvars.ContextVar("user", default="nobody")


async def log(action):
    print(f"log: {user.get()} {action}")


async def request(name):
    print(f"{name}: comes in as {user.get()}")
    user.set(name)
    await asyncio.sleep(0.5)
    await log("reads a page")


async def log_in(name):
    user.set(name)


async def main():
    tasks = [asyncio.create_task(request("Ann"), name="Ann"),
             asyncio.create_task(request("Bob"), name="Bob")]
    await asyncio.gather(*tasks)
    print(f"main: is {user.get()}")

    await asyncio.create_task(log_in("root"), name="log_in")
    print(f"main: is {user.get()}, after a task")
    await log_in("root")
    print(f"main: is {user.get()}, after an await")

    await asyncio.create_task(request("Cem"), name="Cem")


asyncio.run(main())
