# SPDX-License-Identifier: GPL-3.0-or-later
# Children that leave well, by os._exit() and as multiprocessing has it; and one that does not.
import asyncio
import multiprocessing
import os
import sys


def work():
    asyncio.run(asyncio.sleep(0))


def child(status):
    pid = os.fork()
    if pid == 0:
        work()
        os._exit(status)
    os.waitpid(pid, 0)


work()
child(int(sys.argv[1]))
for _ in range(3):
    child(0)
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join()
