# SPDX-License-Identifier: GPL-3.0-or-later
# Becomes another program, or itself once more; or tries to, in vain, and is killed then.
import asyncio
import os
import signal
import sys

asyncio.run(asyncio.sleep(0))
if sys.argv[1] == "another":
    os.execlp("echo", "echo", "another")
elif sys.argv[1] == "itself":
    print(1, flush=True)
    os.execv(sys.executable, [sys.executable, __file__, "end"])
elif sys.argv[1] == "nothing":
    try:
        os.execv("/nonesuch", ["nonesuch"])
    except OSError:
        print("not replaced", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
else:
    print(0)
