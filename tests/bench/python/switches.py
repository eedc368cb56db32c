#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the adapter costs a Python program: CPU nanoseconds a task switch, bare and with its events shared.

    switches.py --adapter FOLDER [--rounds N] [PYTHON...]

Each workload counts one switch where a task is suspended and another (or itself, the next turn) runs. Bare and watched
take turns in each round; the smallest counts.
"""
import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time

SWITCHES = 20000


async def give_way(count):
    """sleep(0): the bare switch."""
    for _ in range(count):
        await asyncio.sleep(0)


async def future(count):
    """A future that a callback fulfils."""
    loop = asyncio.get_running_loop()
    for _ in range(count):
        one = loop.create_future()
        loop.call_soon(one.set_result, None)
        await one


async def queue(count):
    """Two tasks that hand an item to and fro."""
    there, back = asyncio.Queue(1), asyncio.Queue(1)

    async def other():
        for _ in range(count // 2):
            await there.get()
            await back.put(None)

    task = asyncio.ensure_future(other())
    for _ in range(count // 2):
        await there.put(None)
        await back.get()
    await task


async def lock(count):
    """Two tasks that fight for a lock: two switches each time."""
    one = asyncio.Lock()

    async def worker():
        for _ in range(count // 4):
            async with one:
                await asyncio.sleep(0)

    await asyncio.gather(worker(), worker())


async def spawn(count):
    """A task's whole life."""

    async def nothing():
        pass

    for _ in range(count // 10):
        await asyncio.gather(*(nothing() for _ in range(10)))


WORKLOADS = (give_way, future, queue, lock, spawn)


def measure():
    """In a process of its own: the CPU time of each workload."""
    results = {}
    for workload in WORKLOADS:
        begin = time.process_time()
        asyncio.run(workload(SWITCHES))
        results[workload.__name__] = (time.process_time() - begin) / SWITCHES * 1e9
    json.dump(results, sys.stdout)


def run(python, environment):
    command = [python, os.path.abspath(__file__), "--measure"]
    ran = subprocess.run(command, env=dict(os.environ, **environment), capture_output=True, text=True, check=True)
    if ran.stderr:
        sys.exit(ran.stderr)
    return json.loads(ran.stdout)


def compare(python, adapter, rounds):
    bare, watched = {}, {}
    for _ in range(rounds):
        for environment, best in (({"AWAITSCOPE": "0"}, bare), ({"AWAITSCOPE": "1", "PYTHONPATH": adapter}, watched)):
            for name, value in run(python, environment).items():
                best[name] = min(value, best.get(name, value))
    version = subprocess.run([python, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print("%s\n  %-10s %10s %10s %10s" % (version, "", "bare ns", "watched", "added"))
    for name in bare:
        print("  %-10s %10.0f %10.0f %10.0f" % (name, bare[name], watched[name], watched[name] - bare[name]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adapter", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("pythons", nargs="*", metavar="PYTHON", default=["python3"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AWAITSCOPE_DIR"] = folder
        for python in options.pythons:
            compare(python, options.adapter, options.rounds)


if sys.argv[1:] == ["--measure"]:
    measure()
else:
    main()
