#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the adapters for Boost.Asio and Node.js cost a program: CPU nanoseconds an operation of ./dev bench runtime's
workloads, bare; with the adapter in it, and nothing shared; with its events shared.

    adapters.py --build FOLDER [--rounds N] [--scale X] [asio|node...]

All take turns in each round; the smallest counts. A yield is one switch of a coroutine.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
WORKLOADS = ("yield", "spawn", "timers", "queue", "echo")


def ways(build, which):
    """{column: (command, environment)}; None, after a word, when something is not there."""
    if which == "asio":
        programs = [os.path.join(build, "tests/bench/runtime", "runtime_bench_asio" + end) for end in ("", "_visible")]
        if not all(map(os.path.exists, programs)):
            print("asio: not built (libboost1.81-dev)")
            return None
        return {"bare": (programs[:1], {}), "off": (programs[1:], {}), "shared": (programs[1:], {"AWAITSCOPE": "1"})}
    adapter = os.path.abspath(os.path.join(build, "node", "awaitscope.js"))
    if not os.path.exists(adapter) or not shutil.which("node"):
        print("node: not built, or there is no node")
        return None
    script = ["node", os.path.join(HERE, "runtime", "node_peer.js")]
    visible = ["node", "--require", adapter] + script[1:]
    return {"bare": (script, {}), "off": (visible, {}), "shared": (visible, {"AWAITSCOPE": "1"})}


def measure(command, environment, workload, scale):
    """CPU nanoseconds an operation; None where the program does not have the workload."""
    ran = subprocess.run([*command, workload, str(scale)], env=dict(os.environ, **environment), capture_output=True,
                         text=True)
    if ran.returncode != 0:
        sys.exit("%s %s: %s" % (" ".join(command), workload, ran.stderr))
    return json.loads(ran.stdout)["cpu"]


def compare(which, columns, rounds, scale):
    print("%-6s %-8s %10s %10s %10s %8s" % (which, "", "bare ns", "off", "shared", "ratio"))
    for workload in WORKLOADS:
        best = {}
        for _ in range(rounds):
            for column, (command, environment) in columns.items():
                took = measure(command, environment, workload, scale)
                best[column] = min(took, best.get(column, took))
        print("%-6s %-8s %10.0f %10.0f %10.0f %8.2f" % ("", workload, best["bare"], best["off"], best["shared"],
                                                       best["shared"] / best["bare"]), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", type=float, default=0.2)
    parser.add_argument("which", nargs="*", default=["asio", "node"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AWAITSCOPE_DIR"] = folder
        for which in options.which:
            columns = ways(options.build, which)
            if columns:
                compare(which, columns, options.rounds, options.scale)


main()
