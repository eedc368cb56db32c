# SPDX-License-Identifier: GPL-3.0-or-later
# A process that shares from inside, and starts others: whether each has a session.
import asyncio
import os
import subprocess
import sys

import awaitscope

LOOK = """
import asyncio, glob, os
asyncio.run(asyncio.sleep(0))
print(bool(glob.glob("%s/%d-*.session" % (os.environ["AWAITSCOPE_DIR"], os.getpid()))), flush=True)
"""


def start(name):
    print(name, end=": ", flush=True)
    subprocess.run([sys.executable, "-c", LOOK], check=True)
    child = os.fork()
    if child == 0:
        exec(LOOK)
        os._exit(0)
    os.waitpid(child, 0)


before = dict(os.environ)
awaitscope.enable("parent", children=False)
asyncio.run(asyncio.sleep(0))
start("without")
awaitscope.enable("parent")
start("with")
awaitscope.disable()
start("after")
print("as it was:", dict(os.environ) == before)
