#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The threat page names tests that exist: each `NAME/case` on it is a case of the test executable NAME."""
import pathlib
import re
import sys

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


def main():
    page = PAGE.read_text()
    named = re.findall(r"`(\w+/[^`]+)`", page)
    named = [name for name in named if not name.startswith("tests/")]
    tests = existing()
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
