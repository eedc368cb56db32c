#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The threat page is true of the tests: threats.py [--build FOLDER | --ran JUNIT]

Each `NAME/case` on it is a case of the test executable NAME in the sources; with --build also one that ctest has in that
build; with --ran, of a whole run of ctest's (--output-junit), one that ran, was not skipped, and had not to say by a
warning that something could not be tried here.
"""
import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "resources/manual/threats.md"


def existing():
    tests = set()
    for lists in ROOT.glob("tests/**/CMakeLists.txt"):
        text = lists.read_text()
        for name in re.findall(r"awaitscope_test\(NAME (\w+)", text):
            for source in lists.parent.glob("**/*.cpp"):
                code = re.sub(r'"\s*\n\s*"', "", source.read_text())
                for case in re.findall(r'TEST_CASE(?:_METHOD)?\(\s*(?:\w+,\s*)?"((?:[^"\\]|\\.)*)"', code):
                    tests.add(f"{name}/{case}")
        for name in re.findall(r"awaitscope_fuzzer\((\w+)", text):
            tests.add(f"fuzz/{name}")
        for words in re.findall(r"foreach\(format ([\w ]+)\)", text):
            tests.update(f"app/export_{word}" for word in words.split())
    return tests


def of_build(folder):
    asked = subprocess.run(["ctest", "--test-dir", folder, "--show-only=json-v1"], check=True, capture_output=True)
    return {test["name"] for test in json.loads(asked.stdout)["tests"]}


def why_not_shown(named, junit):
    """What each of the named tests has not shown in that run."""
    cases = {case.get("name"): case for case in xml.etree.ElementTree.parse(junit).getroot().iter("testcase")}
    for name in named:
        case = cases.get(name)
        if case is None:
            yield f"was not run: {name}"
            continue
        output = case.findtext("system-out") or ""
        # Catch tells a warning in a line of its own, then what it is.
        warned = re.search(r"warning:\n\s*(.*)", output)
        if case.get("status") != "run" or case.find("skipped") is not None:
            yield f"was skipped, or failed: {name}"
        elif warned:
            yield f"{warned[1]}: {name}"


def main():
    page = PAGE.read_text()
    named = re.findall(r"`(\w+/[^`]+)`", page)
    named = [name for name in named if not name.startswith("tests/")]
    if sys.argv[1:2] == ["--ran"]:
        told = list(why_not_shown(dict.fromkeys(named), sys.argv[2]))
        print(*told, sep="\n")
        sys.exit(bool(told))
    tests = existing()
    if sys.argv[1:2] == ["--build"]:
        tests &= of_build(sys.argv[2])
    missing = [name for name in named if name not in tests]
    for name in missing:
        print(f"{PAGE.relative_to(ROOT)} names a test that does not exist: {name}")
    rows = [row for row in page.splitlines() if row.startswith("|") and "---" not in row and "shown by" not in row]
    unproven = [row for row in rows if "`" not in row.rsplit("|", 2)[1]]
    for row in unproven:
        print(f"no test is named for: {row}")
    if len(named) < 40:
        print(f"only {len(named)} tests were found on the page: is it written otherwise now?")
    sys.exit(bool(missing or unproven or len(named) < 40))


if __name__ == "__main__":
    main()
