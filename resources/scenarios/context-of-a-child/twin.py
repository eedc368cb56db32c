# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import contextvars
import sys


language = contextvars.ContextVar("language", default="English")


async def choose(wanted):
    language.set(wanted)
    print(f"choose: {language.get()}")


async def main():
    print(f"main: {language.get()}")
    await asyncio.create_task(choose("German"), name="choose")
    print(f"main: {language.get()}")


async def expected():
    print(f"main: {language.get()}")
    await choose("German")
    print(f"main: {language.get()}")


asyncio.run(expected() if "expected" in sys.argv else main())
