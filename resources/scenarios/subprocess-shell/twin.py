# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio

PIPE = asyncio.subprocess.PIPE


async def sh(command):
    print(f"$ {command}")
    child = await asyncio.create_subprocess_shell(command, stdout=PIPE, stderr=PIPE)
    out, err = await child.communicate()
    if out:
        print(f"stdout: {out.decode().strip()}")
    if err:
        print(f"stderr: {err.decode().strip()}")
    print(f"code: {child.returncode}")


async def main():
    await sh("echo one two three | wc -w | tr -d ' '")
    await sh("LC_ALL=C ls /no/such/folder")
    await sh("kill -TERM $$")


asyncio.run(main())
