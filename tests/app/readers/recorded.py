# SPDX-License-Identifier: GPL-3.0-or-later
"""A recorded run, what it is exported to, and what its own dump says of it."""
import collections
import decimal
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120, **options).stdout


def skip(word):
    print("skipped:", word)
    sys.exit(77)


class Run:
    """A recorded run: its events, and its exports. Of a scenario, or of a command that is launched for it."""

    def __init__(self, awaitscope, folder, scenario="queue-workers", command=None):
        self.awaitscope = awaitscope
        self.folder = pathlib.Path(folder)
        self.name = scenario
        self.recording = self.folder / f"{scenario}.awaitscope"
        if command:
            run(awaitscope, "record", "-o", self.recording, "--", *command)
        else:
            run(awaitscope, "scenario", scenario, "--headless", "-o", self.recording)
        dump = run(awaitscope, "dump", self.recording, "--json")
        self.events = [json.loads(line, parse_float=decimal.Decimal) for line in dump.splitlines()]

    def export(self, form):
        out = self.folder / f"{self.name}.{form}"
        run(self.awaitscope, "export", self.recording, "--format", form, "-o", out)
        return out

    def count(self, kind):
        return sum(event["event"] == kind for event in self.events)


Slice = collections.namedtuple("Slice", "pid track category name begin length at")
Instant = collections.namedtuple("Instant", "pid track category name time")
Count = collections.namedtuple("Count", "pid name time value")
Wake = collections.namedtuple("Wake", "waker woken time")


class Told:
    """What a reader has to find in an export, by the events of the dump alone. Times in nanoseconds; multisets, since
    tasks may have one name. pid: 0 where the dump does not tell it, for it is the only one."""

    def __init__(self, events):
        self.instants, self.counts, self.wakes = (collections.Counter() for _ in range(3))
        self.lives = collections.defaultdict(list)  # a task's slices, in order
        self.end = max(nanoseconds(event["t"]) for event in events)
        # Of several processes each loop's name tells its own: "web 4711: main", or "web 4711".
        self.loops, self.pids, self.processes = {}, {}, {}
        for event in events:
            if event["event"] == "loop_started":
                pid, name = event.get("pid", 0), event.get("name", "")
                if pid:
                    self.processes[pid], _, name = name.partition(f" {pid}")
                    name = name.removeprefix(": ")
                self.loops[event["loop"]] = "loop " + (name or str(event["loop"]))
                self.pids[event["loop"]] = pid
        self._tasks, self._state, self._names = {}, {}, {}
        for event in events:
            self._take(event, nanoseconds(event["t"]))
        for task in list(self._state):
            self._enter(task, None, None)
        self.slices = collections.Counter(one for life in self.lives.values() for one in life)

    def completed(self, life):
        """As Chrome's format has it: what had not ended ends with the run, and what ended has some length."""
        return [one._replace(length=self.end - one.begin) if one.length is None else one
                for one in life if one.length != 0]

    def complete_slices(self):
        return collections.Counter(one for life in self.lives.values() for one in self.completed(life))

    def _take(self, event, now):
        kind, task = event["event"], event.get("task", 0)
        pid = self.pids.get(event.get("loop"), 0)
        if kind == "task_created":
            self._tasks[task] = (pid, event.get("name") or f"task {task}")
            self._enter(task, now, "ready")
        elif kind == "task_running":
            self._enter(task, now, "running")
        elif kind == "task_suspended":
            if event["on"] == "yield":  # it only lets the others go first
                self._enter(task, now, "ready")
            else:
                self._enter(task, now, "waiting", event["on"], f"{event['file']}:{event['line']}")
        elif kind == "task_ready":
            self._enter(task, now, "ready")
            waker = event.get("by")
            if waker in self._tasks and waker != task:
                name = self._tasks[task][1]
                self.wakes[Wake(self._tasks[waker], self._tasks[task], now)] += 1
                self.instants[Instant(*self._tasks[waker], "wake", f"wakes {name}", now)] += 1
        elif kind == "task_done":
            self._enter(task, now, None)
        elif kind in ("output", "mark", "warning"):
            # Of no task: on the loop's own track; of no loop, on the process's, which has no name.
            track = self._tasks[task] if task in self._tasks else (pid, self.loops.get(event.get("loop")))
            self.instants[Instant(*track, kind, event["text"], now)] += 1
        elif kind == "iteration":
            self.counts[Count(pid, "ready handles", now, event["ready"])] += 1
            self.counts[Count(pid, "timers", now, event["timers"])] += 1
        elif kind == "sync_created":
            self._names[event["object"]] = event.get("name")
        elif kind in ("queue_put", "queue_get"):
            name = self._names.get(event["object"]) or event["object"]
            self.counts[Count(pid, f"queue {name}", now, event["size"])] += 1

    def _enter(self, task, now, state, name=None, at=None):
        """What the task did until now is a slice; of what had not ended the length is None."""
        if task in self._state:
            begin, category, *last = self._state.pop(task)
            length = None if now is None else now - begin
            self.lives[task].append(Slice(*self._tasks[task], category, last[0], begin, length, last[1]))
        if state:
            self._state[task] = (now, state, name or state, at)


def nanoseconds(seconds):
    return int(seconds * 10**9)


def assert_same(told, found, what):
    """Two multisets are one."""
    assert told == found, f"{what}: missing {list((told - found).elements())[:5]}, " \
                          f"too many {list((found - told).elements())[:5]}"
