#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our runtime beside its floor and the peers that are installed: ./dev bench runtime.

Each measurement is a process of its own; the peers of a workload take turns, as many rounds as asked for. Times are of
one operation. Ratios are of medians; on a machine that does other work look at min..max too, and at --clock cpu.
"""
import argparse
import glob
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager

HERE = os.path.dirname(os.path.abspath(__file__))
OURS, SHARED, WATCHED = "ours", "ours, events on", "ours, viewer attached"
# Workload: its operation, and how it is shortened for interpreters (a linear one takes them long enough).
WORKLOADS = {
    "yield": ("switch", 0.5),
    "spawn": ("task", 0.2),
    "gather": ("child", 0.2),
    "timers": ("timer, CPU", 1.0),
    "queue": ("item", 0.2),
    "lock": ("hand-over", 0.2),
    "echo": ("round trip", 1.0),
    "echo_x": ("round trip, client elsewhere", 1.0),
}


class Peer:
    """A program that knows some of the workloads."""

    def __init__(self, name, command, interpreted=False, environment=None, watched=False):
        self.name, self.command, self.interpreted, self.watched = name, command, interpreted, watched
        self.environment = dict(os.environ, **(environment or {}))
        self.workloads = set(self.output(["list"]).split())

    def output(self, arguments):
        run = subprocess.run(self.command + arguments, env=self.environment, capture_output=True, text=True, timeout=300)
        if run.returncode != 0:
            raise RuntimeError(run.stderr.strip().splitlines()[-1] if run.stderr.strip() else f"exit {run.returncode}")
        return run.stdout


def find_peers(programs, work, notes):
    """[Peer], ours and the floor first. What is not there is told in notes: name and reason."""
    peers = []

    def add(name, command, missing=None, **how):
        if missing:
            notes[name] = missing
            return
        try:
            peers.append(Peer(name, command, **how))
        except (OSError, RuntimeError, subprocess.TimeoutExpired) as error:
            notes[name] = f"it does not run: {error}"

    def program(name):
        return os.path.join(programs, f"runtime_bench_{name}")

    add("floor", [program("floor")])
    add(OURS, [program("ours")])
    add(SHARED, [program("ours")], environment={"BENCH_SHARED": "1"})
    add(WATCHED, [program("ours")], environment={"BENCH_SHARED": "1"}, watched=True)
    for name, package in (("asio", "libboost1.81-dev"), ("libuv", "libuv1-dev")):
        built = os.path.exists(program(name))
        add(name, [program(name)], None if built else f"not built: {package} was not installed when CMake ran")
    add("go", *build_go(work))
    add("tokio", *build_tokio(work))
    add("node", ["node", f"{HERE}/node_peer.js"], None if shutil.which("node") else "there is no node", interpreted=True)
    script = f"{HERE}/asyncio_peer.py"
    found = pythons()
    for version, python in sorted(found.items()):
        add(f"CPython {version}", [python, script], interpreted=True)
    if not found:
        notes["CPython"] = "there is no python3 from 3.11 on"
    uvloop = [python for python in found.values() if succeeds([python, "-c", "import uvloop"])]
    add("uvloop", [*uvloop[:1], script, "uvloop"], None if uvloop else "no python3 here has it (python3-uvloop)",
        interpreted=True)
    return peers


def succeeds(command):
    try:
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def pythons():
    """{"3.11": path}: each version once, from the path and from pyenv, since 3.11."""
    candidates = ["/usr/bin/python3", sys.executable]
    for folder in os.environ.get("PATH", "").split(":"):
        candidates += sorted(glob.glob(f"{folder}/python3*"))
    candidates += sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.*/bin/python3")))
    found = {}
    for path in candidates:
        if os.path.basename(path) not in ("python3", *(f"python3.{minor}" for minor in range(11, 30))):
            continue
        try:
            run = subprocess.run([path, "-c", "import sys; print(*sys.version_info[:2], sep='.')"],
                                 capture_output=True, text=True, timeout=60)
        except (OSError, subprocess.TimeoutExpired):
            continue
        version = run.stdout.strip()
        if run.returncode == 0 and tuple(map(int, version.split("."))) >= (3, 11):
            found.setdefault(version, path)
    return found


def build_go(work):
    if not shutil.which("go"):
        return [], "there is no go"
    target = f"{work}/go"
    environment = dict(os.environ, GO111MODULE="off", GOCACHE=f"{work}/go-cache")
    run = subprocess.run(["go", "build", "-o", target, f"{HERE}/go_peer.go"], env=environment, capture_output=True)
    return [target], "go cannot build it" if run.returncode else None


def build_tokio(work):
    """From the distribution's crates, without the network."""
    crates = "/usr/share/cargo/registry"
    if not shutil.which("cargo"):
        return [], "there is no cargo"
    if not glob.glob(f"{crates}/tokio-[0-9]*"):
        return [], "librust-tokio-dev is not installed"
    folder = f"{work}/tokio"
    os.makedirs(f"{folder}/.cargo", exist_ok=True)
    for file in ("Cargo.toml", "main.rs"):
        shutil.copy(f"{HERE}/tokio/{file}", folder)
    with open(f"{folder}/.cargo/config.toml", "w", encoding="utf-8") as config:
        config.write(f'[source.crates-io]\nreplace-with = "here"\n[source.here]\ndirectory = "{crates}"\n')
    run = subprocess.run(["cargo", "build", "--release", "--offline", "-q"], cwd=folder, capture_output=True, text=True)
    return [f"{folder}/target/release/runtime_bench_tokio"], "cargo cannot build it" if run.returncode else None


class Bench:
    def __init__(self, programs, scale, clock):
        self.programs, self.scale, self.clock = programs, scale, clock

    def scale_of(self, workload, peer):
        return self.scale * (WORKLOADS[workload][1] if peer.interpreted else 1)

    def measure(self, workload, peer):
        """{"wall": ns, "cpu": ns, "allocations": n} of one operation."""
        if workload == "echo_x":
            return self.measure_server(peer)
        with self.started(peer, [workload, str(self.scale_of(workload, peer))]) as process:
            output, error = process.communicate(timeout=300)
        if process.returncode != 0:
            raise RuntimeError(error.strip() or f"exit {process.returncode}")
        return json.loads(output.splitlines()[-1])

    def measure_server(self, peer):
        with self.started(peer, ["echo_server"]) as server:
            port = server.stdout.readline().split()[1]
            before = cpu_of(server.pid)
            scale = self.scale_of("echo_x", peer)
            client = subprocess.run([f"{self.programs}/runtime_bench_floor", "echo_client", str(scale)],
                                    env=dict(os.environ, BENCH_PORT=port), capture_output=True, text=True, timeout=300)
            figures = json.loads(client.stdout)
            trips = sum(64 * max(1, int(1563 * part)) for part in (scale / 20, scale))
            return {"wall": figures["wall"], "cpu": (cpu_of(server.pid) - before) / trips}

    @contextmanager
    def started(self, peer, arguments):
        """The peer's process; with a viewer attached to it where it is to be watched. Both are gone afterwards."""
        environment = dict(peer.environment, BENCH_WAIT="1") if peer.watched else peer.environment
        process = subprocess.Popen(peer.command + arguments, env=environment, text=True, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        viewer = None
        try:
            if peer.watched:
                process.stdout.readline()
                viewer = subprocess.Popen([f"{self.programs}/runtime_bench_viewer", str(process.pid)], text=True,
                                          stdout=subprocess.PIPE)
                if viewer.stdout.readline().strip() != "ATTACHED":
                    raise RuntimeError("the viewer cannot attach")
                process.stdin.write("\n")
                process.stdin.flush()
            yield process
        finally:
            for each in (process, viewer):
                if each:
                    each.kill()
                    each.wait()
                    for pipe in (each.stdin, each.stdout, each.stderr):
                        if pipe:
                            pipe.close()

    def figure(self, workload, measured):
        return measured["cpu" if workload == "timers" else self.clock]


def cpu_of(pid):
    """Nanoseconds that all threads of a process have run."""
    used = 0
    for path in glob.glob(f"/proc/{pid}/task/*/schedstat"):
        with open(path, encoding="ascii") as file:
            used += int(file.read().split()[0])
    return used


def run_all(bench, peers, workloads, rounds, notes):
    """{workload: {peer's name: [figures of each round]}}"""
    results = {}
    for workload in workloads:
        named = "echo_server" if workload == "echo_x" else workload
        taking_part = [peer for peer in peers if named in peer.workloads]
        for round_ in range(rounds):
            for peer in taking_part:
                tell(f"{workload}, round {round_ + 1} of {rounds}: {peer.name}")
                try:
                    results.setdefault(workload, {}).setdefault(peer.name, []).append(bench.measure(workload, peer))
                except (RuntimeError, subprocess.TimeoutExpired, ValueError, IndexError) as error:
                    notes[f"{peer.name} in {workload}"] = str(error)
    tell("")
    return {workload: {name: runs for name, runs in of.items() if runs} for workload, of in results.items()}


def tell(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def is_other(name):
    return name not in ("floor", OURS, SHARED, WATCHED)


def number(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 1000 else f"{value:.0f}"


def summary(bench, results):
    """[{workload, operation, peer, median, min, max, allocations, x_floor, x_best}], quickest first."""
    rows = []
    for workload, by_peer in results.items():
        medians = {name: statistics.median(bench.figure(workload, run) for run in runs) for name, runs in by_peer.items()}
        # Nothing: a run too short for the clock of a peer's CPU time.
        others = [value for name, value in medians.items() if is_other(name) and value > 0]
        floor = medians.get("floor")
        for name in sorted(medians, key=medians.get):
            figures = [bench.figure(workload, run) for run in by_peer[name]]
            rows.append({
                "workload": workload,
                "operation": WORKLOADS[workload][0],
                "peer": name,
                "median": medians[name],
                "min": min(figures),
                "max": max(figures),
                "allocations": by_peer[name][-1].get("allocations"),
                "x_floor": medians[name] / floor if floor else None,
                "x_best": medians[name] / min(others) if others else None,
            })
    return rows


def print_table(rows):
    workload = None
    for row in rows:
        if row["workload"] != workload:
            workload = row["workload"]
            print(f"\n{workload} (ns a {row['operation']})")
            print(f"  {'':24}{'median':>9}  {'min..max':>18}  {'x floor':>8}  {'x best peer':>11}  {'allocations':>11}")
        ratios = [f"{row[key]:.2f}" if row[key] else "" for key in ("x_floor", "x_best")]
        allocations = "" if row["allocations"] is None else f"{row['allocations']:.3f}"
        spread = f"{number(row['min'])}..{number(row['max'])}"
        print(f"  {row['peer']:24}{number(row['median']):>9}  {spread:>18}  {ratios[0]:>8}  {ratios[1]:>11}  {allocations:>11}")


def print_markdown(rows):
    """A line for each workload, ours against the floor and the best peer: for the README."""
    print("| ns for each | floor | ours | events on | viewer attached | best peer | next | allocations |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for workload, (operation, _) in WORKLOADS.items():
        of = {row["peer"]: row for row in rows if row["workload"] == workload}
        if not of:
            continue
        others = [row for name, row in of.items() if is_other(name)]
        cells = [number(of[name]["median"]) if name in of else "" for name in ("floor", OURS, SHARED, WATCHED)]
        best = [f"{row['peer']} {number(row['median'])}" for row in others[:2]] + ["", ""]
        counted = of.get(OURS, {}).get("allocations")
        title = f"{workload.split('_')[0]}: {operation}"
        print("|", " | ".join([title, *cells, *best[:2], "" if counted is None else f"{counted:.2f}"]), "|")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help=f"all by default: {' '.join(WORKLOADS)}")
    parser.add_argument("--programs", required=True, help="the folder of the built programs")
    parser.add_argument("--rounds", type=int, default=None, help="5 by default, 1 with --quick")
    parser.add_argument("--scale", type=float, default=None, help="of the workloads' length; 1 by default")
    parser.add_argument("--quick", action="store_true", help="one short round: under a minute, and rough")
    parser.add_argument("--only", action="append", help="a peer's name, or its beginning; may be given several times")
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall",
                        help="timers are always measured in CPU time; cpu helps on a machine that does other work")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="the README's table")
    form.add_argument("--json", action="store_true", help="every figure of every round")
    options = parser.parse_args()
    unknown = [name for name in options.workloads if name not in WORKLOADS]
    if unknown:
        parser.error(f"no workload {unknown[0]}; there are: {' '.join(WORKLOADS)}")
    options.programs = os.path.abspath(options.programs)
    rounds = options.rounds or (1 if options.quick else 5)
    scale = options.scale or (0.05 if options.quick else 1.0)

    notes = {}
    with tempfile.TemporaryDirectory(prefix="awaitscope-bench-") as sessions:
        os.environ["AWAITSCOPE_DIR"] = sessions
        os.environ.pop("AWAITSCOPE", None)
        work = os.path.join(options.programs, "peers")
        os.makedirs(work, exist_ok=True)
        peers = find_peers(options.programs, work, notes)
        if options.only:
            peers = [peer for peer in peers if any(peer.name.startswith(name) for name in options.only)]
        bench = Bench(options.programs, scale, options.clock)
        load, began = os.getloadavg()[0], time.monotonic()
        results = run_all(bench, peers, options.workloads or list(WORKLOADS), rounds, notes)
    rows = summary(bench, results)
    if options.json:
        json.dump({"rounds": rounds, "scale": scale, "clock": options.clock, "load": load, "summary": rows,
                   "runs": results, "skipped": notes}, sys.stdout, indent=1)
        print()
        return
    (print_markdown if options.markdown else print_table)(rows)
    print(f"\n{rounds} rounds, scale {scale:g}, {options.clock} time, {time.monotonic() - began:.0f} s; load before {load:.2f}, "
          f"after {os.getloadavg()[0]:.2f}")
    for name, reason in notes.items():
        print(f"skipped: {name}: {reason}")


if __name__ == "__main__":
    main()
