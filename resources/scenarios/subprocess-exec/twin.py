# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio

SCRIPT = 'while read word; do echo "the child read $word"; done; exit 3'


async def main():
    child = await asyncio.create_subprocess_exec(
        "sh", "-c", SCRIPT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    print(f"main: the child runs, its return code is {'not known' if child.returncode is None else 'known'}")
    waiter = asyncio.create_task(child.wait(), name="waiter")
    for word in ["one", "two"]:
        print(f"main: writes {word}")
        child.stdin.write(f"{word}\n".encode())
        await child.stdin.drain()
        line = await child.stdout.readline()
        print(f"main: read '{line.decode().strip()}'")
    print("main: closes the child's input")
    child.stdin.close()
    code = await waiter
    print(f"main: the child has ended with {code}")
    rest = await child.stdout.read()
    print(f"main: {len(rest)} bytes are left to read")


asyncio.run(main())
