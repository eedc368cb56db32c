#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What including the public headers costs who uses them.

    public_headers.py check   asyncio.hpp brings every header, and none brings what is heavy or the system's
    public_headers.py bench   lines and seconds of each header, beside <functional>, <string> and <vector>

The compiler is $CXX, or c++.
"""
import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "runtime/include", ROOT / "instrumentation/probe/include"]
COMPILER = [os.environ.get("CXX", "c++"), "-std=c++20", *(f"-I{folder}" for folder in FOLDERS), "-x", "c++", "-"]
COMMON = "#include <functional>\n#include <string>\n#include <vector>\n"

# Each costs a tenth of a second or brings names nobody asked for. (<chrono> itself brings <sstream>, before GCC 13.)
HEAVY = {"algorithm", "filesystem", "format", "fstream", "future", "iomanip", "iostream", "locale", "map", "print",
         "random", "ranges", "regex", "set", "thread", "valarray"}
# Needed, all the same: subprocess.hpp for an environment.
ALLOWED = {"map": "asyncio/subprocess.hpp"}
SYSTEM = ("openssl/", "sys/socket.h", "sys/epoll.h", "sys/un.h", "sys/wait.h", "netdb.h", "netinet/", "arpa/",
          "signal.h")


def public_headers():
    """asyncio/lock.hpp, ...: those that are meant to be included; detail/ is not."""
    return sorted(str(header.relative_to(folder)) for folder in FOLDERS for header in folder.glob("*/*.h*"))


def compile(*options, source):
    result = subprocess.run([*COMPILER[:-1], *options, "-"], input=source, text=True, capture_output=True)
    if result.returncode:
        sys.exit(result.stderr)
    return result.stdout


def brought_by(header):
    """Every file that including it reads."""
    rule = compile("-M", source=f"#include <{header}>\n")
    return rule.split(":", 1)[1].replace("\\\n", " ").split()


def check():
    wrong = []
    everything = brought_by("asyncio/asyncio.hpp")
    for header in public_headers():
        if header.startswith("asyncio/") and not any(path.endswith("/include/" + header) for path in everything):
            wrong.append(f"<asyncio/asyncio.hpp> does not bring <{header}>")
    for header in ("asyncio/asyncio.hpp", "awaitscope/probe.hpp"):
        for path in brought_by(header):
            directory, name = os.path.split(path)
            standard = "/c++/" in directory and "/" not in directory.split("/c++/")[1]  # not bits/...
            if standard and name in HEAVY and not any(path.endswith(ALLOWED.get(name, "\n")) for path in everything):
                wrong.append(f"<{header}> brings <{name}>, which is heavy")
            if "/c++/" not in path and not directory.endswith("/bits") and any(
                    part in path if part.endswith("/") else path.endswith("/include/" + part) for part in SYSTEM):
                wrong.append(f"<{header}> brings the system's {path}")
    if len(everything) < 100:
        wrong.append(f"the compiler tells of {len(everything)} files only")
    print("\n".join(wrong) or f"{len(public_headers())} headers are light")
    return 1 if wrong else 0


def cost(source):
    """Lines after the preprocessor; the best of three times of the compiler's processor, in seconds."""
    lines = compile("-E", "-P", source=source).count("\n")
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        compile("-fsyntax-only", source=source)
        times.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    return lines, min(times)


def bench():
    common_lines, common_seconds = cost(COMMON)
    rows = [("<functional> <string> <vector>", common_lines, common_seconds)]
    headers = public_headers()
    for header in sorted(headers, key=lambda name: (name != "asyncio/asyncio.hpp", name)):
        rows.append((f"<{header}>", *cost(f"#include <{header}>\n")))
    print(f"{subprocess.run([COMPILER[0], '--version'], capture_output=True, text=True).stdout.splitlines()[0]}\n")
    print(f"{'including':34}{'lines':>8}{'ratio':>7}{'seconds':>9}{'ratio':>7}")
    for name, lines, seconds in rows:
        print(f"{name:34}{lines:8}{lines / common_lines:7.2f}{seconds:9.3f}{seconds / common_seconds:7.2f}")
    return 0


if __name__ == "__main__":
    commands = {"check": check, "bench": bench}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]]())
