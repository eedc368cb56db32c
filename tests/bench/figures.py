#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every figure that Awaitscope aims at, each beside its floor or a peer of the same run: ./dev bench figures.

Runs the other benchmarks and reads what they say. With --quick a rough table in some minutes, of traces up to ten
million events; without it up to a hundred million. The machine should do nothing else: the load is told below the table.
"""
import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time

OURS, WATCHED = "ours", "ours, viewer attached"
OTHERS_THAN_PEERS = ("floor", OURS, "ours, events on", WATCHED)
AIM_LINE = re.compile(r"^- (reached|NOT reached|not measured): (.+?) under ([\d.]+) (\w+)(?:: ([\d.]+) \w+ \((.+)\))?$")


class Figures:
    """Rows: what, its aim, what came out, beside what; and whether it is reached (None: not measured)."""

    def __init__(self):
        self.rows = []

    def add(self, what, aim, came_out, beside, reached):
        self.rows.append((what, aim, came_out, beside, reached))

    def missing(self, what, aim, why):
        self.add(what, aim, "not measured", why, None)

    def markdown(self):
        print("| what | aim | came out | beside it, in the same run | reached |")
        print("| --- | --- | --- | --- | --- |")
        for what, aim, came_out, beside, reached in self.rows:
            print(f"| {what} | {aim} | {came_out} | {beside} | {verdict(reached)} |")

    def text(self):
        for what, aim, came_out, beside, reached in self.rows:
            print(f"{verdict(reached):>3}  {what}: {aim}\n     {came_out}; {beside}")


def verdict(reached):
    return "" if reached is None else "yes" if reached else "NO"


def tell(text):
    print(f"  {text}", file=sys.stderr, flush=True)


def run(command):
    tell(" ".join(os.path.basename(part) for part in command))
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def small_benchmarks(programs):
    """{name: its figures} of Google Benchmark's programs; of several runs the one that was disturbed least."""
    names = ["floor_stamp_and_store", "clock_counter", "emit_event", "lttng_event", "tracy_event", "floor_copy",
             "intake_event", "record_event", "view_paced", "switch_tasks", "switch_tasks_shared"]
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        run([f"{programs}/awaitscope_bench", f"--benchmark_filter=^({'|'.join(names)})(/|$)",
             "--benchmark_repetitions=3", f"--benchmark_out={out.name}", "--benchmark_out_format=json"])
        runs = json.load(open(out.name, encoding="utf-8"))["benchmarks"]
    best = {}
    for each in runs:
        name = each["name"].split("/")[0]
        if each.get("run_type") != "iteration" or each.get("error_occurred"):
            continue
        # What measures itself says so in the time that it hands in.
        each["ns"] = each["real_time" if "manual_time" in each["name"] else "cpu_time"]
        if name not in best or rank(each) < rank(best[name]):
            best[name] = each
    return best


def rank(figures):
    return figures.get("lost", 0), figures["ns"]


def emitted_event(figures, small):
    what, aim = "one emitted event", "within 15 % of a bare time stamp and a 32-byte store"
    ours, floor = small["emit_event"]["ns"], small["floor_stamp_and_store"]["ns"]
    beside = [f"floor {floor:.1f} ns", f"counter alone {small['clock_counter']['ns']:.1f} ns"]
    for name, peer in (("lttng_event", "LTTng-UST"), ("tracy_event", "Tracy's client")):
        if name in small:
            beside.append(f"{peer} {small[name]['ns']:.1f} ns ({small[name]['ns'] / ours:.1f} ×)")
        else:
            beside.append(f"{peer} not installed")
    figures.add(what, aim, f"{ours:.1f} ns = {ours / floor:.2f} ×", ", ".join(beside), ours <= 1.15 * floor)


def intake(figures, small):
    what, aim = "viewer's intake", "10 million events/s on one core, none lost"
    paced = small["view_paced"]
    rate, lost, core = paced["events/s"] / 1e6, paced["lost"], paced["reader_core"]
    figures.add(what, aim, f"{rate:.1f} million events/s, {lost:.0f} lost, {core * 100:.0f} % of a core",
                f"a reading {small['intake_event']['ns']:.1f} ns an event, a copy of its bytes "
                f"{small['floor_copy']['ns']:.1f} ns; longest pause {paced['pause_ms']:.0f} ms of the "
                f"{paced['ring_ms']:.0f} ms that a ring holds",
                lost == 0 and rate > 9.5)


def runtime(figures, programs, quick):
    options = ["--quick"] if quick else []
    command = [sys.executable, os.path.join(os.path.dirname(__file__), "runtime/runtime_bench.py"), "--programs",
               f"{programs}/runtime", "--json", "--clock", "cpu", *options]
    rows = json.loads(run(command))["summary"]
    medians = {}
    for row in rows:
        medians.setdefault(row["workload"], {})[row["peer"]] = row["median"]
    watched(figures, medians)
    against_peers(figures, medians)


def watched(figures, medians):
    echo, switch = medians.get("echo", {}), medians.get("yield", {})
    if OURS in echo and WATCHED in echo:
        more = echo[WATCHED] / echo[OURS] - 1
        figures.add("a busy loop, viewer attached", "under 5 % on a TCP echo", f"{more * 100:+.1f} %",
                    f"a round trip {echo[OURS]:.0f} ns unseen", more < 0.05)
    if OURS in switch and WATCHED in switch:
        more = switch[WATCHED] - switch[OURS]
        figures.add("a task switch, viewer attached", "under 15 ns more", f"{more:+.1f} ns",
                    f"{switch[OURS]:.1f} ns unseen", more < 15)


def against_peers(figures, medians):
    for workload, by_peer in medians.items():
        peers = {name: value for name, value in by_peer.items() if name not in OTHERS_THAN_PEERS}
        what, aim = f"runtime: {workload}", "faster than every peer"
        if OURS not in by_peer:
            continue
        if not peers:
            figures.missing(what, aim, "no peer is installed")
            continue
        best = min(peers, key=peers.get)
        floor = f", floor {by_peer['floor']:.1f} ns" if "floor" in by_peer else ""
        figures.add(what, aim, f"{by_peer[OURS]:.1f} ns = {by_peer[OURS] / peers[best]:.2f} ×",
                    f"{best} {peers[best]:.1f} ns, the quickest of {len(peers)}{floor}", by_peer[OURS] < peers[best])


def scale(figures, programs, quick):
    for line in run([f"{programs}/awaitscope_scale", "--from", "1e6", "--to", "1e7" if quick else "1e8"]).splitlines():
        match = AIM_LINE.match(line)
        if not match:
            continue
        said, what, limit, unit, worst, of = match.groups()
        if said == "not measured":
            figures.missing(what, f"under {limit} {unit}", "needs --quick left out")
        else:
            figures.add(what, f"under {limit} {unit}", f"{worst} {unit}", f"the worst of all shapes: {of}", said == "reached")


def processor():
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    return f"{len(names) or os.cpu_count()} × {names[0] if names else platform.machine()}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", required=True, help="the folder of the built benchmarks")
    parser.add_argument("--quick", action="store_true", help="some minutes instead of many, and rough")
    parser.add_argument("--markdown", action="store_true", help="the README's table")
    options = parser.parse_args()
    programs = os.path.abspath(options.programs)
    figures = Figures()
    load, began = os.getloadavg()[0], time.monotonic()
    small = small_benchmarks(programs)
    emitted_event(figures, small)
    runtime(figures, programs, options.quick)
    intake(figures, small)
    scale(figures, programs, options.quick)
    (figures.markdown if options.markdown else figures.text)()
    print(f"\n{processor()}; {time.monotonic() - began:.0f} s{', rough (--quick)' if options.quick else ''}; "
          f"load before {load:.1f}, after {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
