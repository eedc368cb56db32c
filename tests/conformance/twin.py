#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Python side of the conformance suite: runs twins, records what they print, compares with what was recorded.

How to add a twin:

 1. TOPIC.py: a coroutine function with @twin that says what happens, by say() alone. It runs by itself in a new
    process, as the main task ("Task-1") of a loop with a virtual clock: sleeps cost nothing and are exact. For I/O and
    threads @twin(clock="real"); a program that makes its own loops is a plain function with @program.
 2. `python3 tests/conformance/twin.py TOPIC/NAME` prints it; `--record TOPIC` writes recorded/TOPIC.txt with CPython
    3.13, which it looks for itself, and refuses what differs from run to run.
 3. TOPIC_test.cpp: TWIN(name) { ... } (TWIN_REAL, PROGRAM) with twin.hpp's functions of the same names, against the
    public API alone, and line for line the same program.
    C++ evaluates arguments in no particular order: what has an effect is called before the say() that tells of it.

Rules: never say what CPython leaves open (the order of a set, an id, an address, a measured time). Where versions differ,
say so: @twin(since="3.13", because="...") runs only there. A difference between the two is a bug of the C++ runtime.
"""
import sys

sys.path.pop(0)  # the topics' names must not hide the standard library's (queues, signal, ...)
sys.dont_write_bytecode = True

import asyncio
import asyncio.taskgroups
import asyncio.tasks
import collections
import contextlib
import difflib
import gc
import importlib.util
import itertools
import logging
import os
import pathlib
import selectors
import shutil
import signal
import subprocess
import time
import warnings

sys.modules.setdefault("twin", sys.modules[__name__])
FOLDER = pathlib.Path(__file__).resolve().parent
RECORDED_WITH = (3, 13)
SECONDS_A_TWIN = 20


# ── what twins use ──────────────────────────────────────────────────────────────────────────────────────────────────

def text(value, nested=False):
    """As twin.hpp writes it: an exception is "Type: message" wherever it stands."""
    if isinstance(value, BaseException):
        message = str(value)
        return type(value).__name__ + (": " + message if message else "")
    if isinstance(value, (list, tuple)):
        inner = ", ".join(text(each, True) for each in value)
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value) if nested else str(value)


def say(*parts):
    """One line: the parts, with a blank between."""
    sys.stdout.write(" ".join(text(part) for part in parts) + "\n")
    sys.stdout.flush()


def now():
    """The running loop's time in seconds, "1.5": exact under the virtual clock."""
    return f"{asyncio.get_running_loop().time():.6g}"


def caught():
    """The exception that is being handled."""
    return sys.exc_info()[1]


async def turns(count):
    """Lets the loop make so many turns."""
    for _ in range(count):
        await asyncio.sleep(0)


def new_loop():
    """A loop with the virtual clock, for a @program."""
    return VirtualLoop()


_twins = {}


def twin(function=None, *, clock="virtual", reports=False, since="3.11", before="4", because=""):
    """reports: what goes to stderr (warnings, the default exception handler) is told at the end."""
    def add(function):
        if (since, before) != ("3.11", "4") and not because:
            raise SystemExit(f"{function.__name__}: a range of versions needs its reason (because=)")
        versions = tuple(tuple(int(n) for n in end.split(".")) for end in (since, before))
        _twins[function.__name__] = Twin(function, clock, reports, versions, because)
        return function
    return add(function) if function else add


Twin = collections.namedtuple("Twin", "function clock reports versions because")


def program(function=None, **options):
    """A twin that makes its own loops."""
    options["clock"] = "none"
    return twin(function, **options)


# ── the loop ────────────────────────────────────────────────────────────────────────────────────────────────────────

class VirtualSelector(selectors.DefaultSelector):
    """Instead of waiting for the next timer, time jumps to it; not while anything outside could become ready."""
    def __init__(self):
        super().__init__()
        self.now = 0.0
        self.jobs = 0

    def select(self, timeout=None):
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        if self.jobs or len(self.get_map()) > 1:  # one is the loop's own wake-up pipe
            start = time.monotonic()
            events = super().select(timeout)
            self.now += min(timeout, time.monotonic() - start)
            return events
        events = super().select(0)
        if not events:
            self.now += timeout
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__(VirtualSelector())

    def time(self):
        return self._selector.now

    def run_in_executor(self, executor, function, *arguments):
        future = super().run_in_executor(executor, function, *arguments)
        self._selector.jobs += 1
        future.add_done_callback(lambda _: setattr(self._selector, "jobs", self._selector.jobs - 1))
        return future


class FifoTimer(asyncio.TimerHandle):
    """Under a clock that moves no two timers are equal; under one that stands still the first set fires first."""
    __slots__ = ("number",)
    numbers = itertools.count()

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.number = next(self.numbers)

    def __lt__(self, other):
        return (self._when, self.number) < (other._when, other.number)


class OrderedSet(dict):
    """A set in order of insertion: one of the orders that CPython's sets of tasks may have, and the same each time."""
    def __init__(self, values=()):
        super().__init__(dict.fromkeys(values))

    def add(self, value):
        self[value] = None

    def discard(self, value):
        self.pop(value, None)

    def __or__(self, other):
        return OrderedSet([*self, *other])


def make_orders_definite():
    asyncio.events.TimerHandle = FifoTimer
    asyncio.taskgroups.set = OrderedSet  # the children that a failing group cancels
    asyncio.tasks.set = OrderedSet  # wait(), its results


# ── running one twin ────────────────────────────────────────────────────────────────────────────────────────────────

class Reports(logging.Handler):
    """What would go to stderr, a line each."""
    def __init__(self):
        super().__init__()
        self.lines = []
        logging.getLogger("asyncio").addHandler(self)
        logging.getLogger("asyncio").propagate = False
        warnings.simplefilter("always")
        warnings.showwarning = lambda message, category, *_: self.lines.append(f"{category.__name__}: {message}")

    def emit(self, record):
        self.lines.append(record.getMessage().splitlines()[0])
        if record.exc_info:
            self.lines.append(text(record.exc_info[1]))


def run_twin(twin):
    reports = Reports()
    try:
        if twin.clock == "none":
            twin.function()
        else:
            with asyncio.Runner(loop_factory=VirtualLoop if twin.clock == "virtual" else None) as runner:
                runner.run(twin.function())
    except BaseException as error:
        say("raised", error)
    if twin.reports:
        gc.collect()
        for line in reports.lines:
            say("stderr:", line)


def output_of(twin):
    """The lines of a twin, run in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        os.close(reading)
        os.close(writing)
        signal.alarm(SECONDS_A_TWIN)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        run_twin(twin)
        os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        lines = pipe.read().splitlines()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status:
        lines.append("did not end" if status == -signal.SIGALRM else f"ended with {status}")
    return lines


# ── topics ──────────────────────────────────────────────────────────────────────────────────────────────────────────

def topics():
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "twin")


def load(topic):
    _twins.clear()
    spec = importlib.util.spec_from_file_location(f"twins_of_{topic}", FOLDER / f"{topic}.py")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return dict(_twins)


def recorded(topic):
    """{name: lines} of a recorded file."""
    sections = {}
    path = FOLDER / "recorded" / f"{topic}.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line.startswith("== "):
            lines = sections[line[3:]] = []
        elif not line.startswith("# "):
            lines.append(line)
    return sections


def record(topic):
    twins = load(topic)
    version = ".".join(str(n) for n in sys.version_info[:3])
    lines = [f"# What the twins of {topic}.py print under CPython {version}: `twin.py --record {topic}` writes this."]
    for name, twin in twins.items():
        output = output_of(twin)
        if any(output_of(twin) != output for _ in range(3)):
            raise SystemExit(f"{topic}/{name} does not print the same each time")
        lines += [f"== {name}", *output]
    (FOLDER / "recorded" / f"{topic}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{topic}: {len(twins)} twins recorded with CPython {version}")


def check(topic):
    """How many twins ran, the lines about those that did not or differ."""
    sections, ran, skipped, wrong = recorded(topic), 0, [], []
    twins = load(topic)
    for name in sections.keys() ^ twins.keys():
        wrong.append(f"{topic}/{name} is {'not recorded' if name in twins else 'recorded, but is no twin'}")
    for name, twin in twins.items():
        since, before = twin.versions
        if not since <= sys.version_info[:3] < before:
            skipped.append(f"  without {topic}/{name}: {twin.because}")
            continue
        output = output_of(twin)
        ran += 1
        if name in sections and output != sections[name]:
            wrong.append(f"{topic}/{name} differs from what is recorded:")
            wrong += difflib.unified_diff(sections[name], output, "recorded", "printed now", lineterm="", n=3)
    return ran, skipped, wrong


def main(arguments):
    make_orders_definite()
    wishes = [argument for argument in arguments if not argument.startswith("--")]
    chosen = [topic for topic in topics() if not wishes or topic in {wish.split("/")[0] for wish in wishes}]
    if "--record" in arguments:
        if sys.version_info[:2] != RECORDED_WITH:
            os.execv(find_recorder(), [find_recorder(), __file__, *arguments])
        for topic in chosen:
            record(topic)
    elif "--check" in arguments:
        results = [check(topic) for topic in chosen]
        ran = sum(result[0] for result in results)
        print(f"{ran} twins under CPython {sys.version.split()[0]} ({sys.executable})")
        for _, skipped, wrong in results:
            print(*skipped, *wrong, sep="\n", end="\n" if skipped or wrong else "")
        return 1 if any(result[2] for result in results) or not ran else 0
    else:
        for topic in chosen:
            for name, twin in load(topic).items():
                if topic in wishes or not wishes or f"{topic}/{name}" in wishes:
                    print(f"== {name}", *output_of(twin), sep="\n", flush=True)
    return 0


def find_recorder():
    version = ".".join(str(n) for n in RECORDED_WITH)
    pyenv = pathlib.Path(os.environ.get("PYENV_ROOT", pathlib.Path.home() / ".pyenv"))
    candidates = [shutil.which(f"python{version}"), *sorted(pyenv.glob(f"versions/{version}*/bin/python3"))]
    for candidate in filter(None, candidates):
        with contextlib.suppress(OSError):
            program = "import sys; print(sys.version_info[:2])"
            ran = subprocess.run([candidate, "-c", program], capture_output=True, text=True, check=False)
            if ran.stdout.strip() == str(RECORDED_WITH):
                return str(candidate)
    raise SystemExit(f"recording needs CPython {version}, and none is here")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
