#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""reference.py: the reference documents every public name, and nothing else.

A section's heading names what it is about, in code: ## `run(main)`, `Runner`. Its first line names the header that
has them, and Python's counterpart. A list's items begin with the members that they are about.
"""
import re
import sys
from pathlib import Path

from public_names import public_names

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = [ROOT / "runtime/include", ROOT / "instrumentation/probe/include"]
PAGES = ROOT / "resources/manual/reference"
SPAN = re.compile(r"`([^`]+)`")
ABOUT = re.compile(r"`<([\w/.]+)>` · Python: \S")


def names_in(text):
    return [re.match(r"[\w:]+", span)[0].replace("::", ".") for span in SPAN.findall(text)]


def documented(page, complaints):
    """Every name that a page documents, with the header that is said to have it."""
    names, owner, header = {}, None, None
    lines = page.read_text().splitlines()
    for number, line in enumerate(lines):
        if line.startswith("## ") and "`" in line:
            headed = names_in(line)
            owner = headed[0]
            about = ABOUT.match(lines[number + 2]) if number + 2 < len(lines) else None
            if not about:
                complaints.append(f"{page.name}:{number + 3}: not `<header>` · Python: counterpart")
            header = about and about[1]
            names.update((name, header) for name in headed)
        elif line.startswith("## "):
            owner = None
        elif line.startswith("- `") and owner:
            item = line
            while ":" not in SPAN.sub("", item) and lines[number + 1].startswith("  "):
                number += 1
                item += lines[number]
            members = re.match(r"- ((?:`[^`]+`(?:, *)?)+)", item)
            names.update((f"{owner}.{name}", header) for name in names_in(members[1]))
    return names


def main():
    complaints = []
    headers = sorted(header for folder in INCLUDE for header in folder.rglob("*.hpp"))
    public = public_names(headers)
    found = {}
    for page in sorted(PAGES.glob("*.md")):
        found.update(documented(page, complaints))
        if page.name != "README.md" and f"]({page.name})" not in (PAGES / "README.md").read_text():
            complaints.append(f"README.md does not lead to {page.name}")
    complaints += [f"not documented: {name}" for name in sorted(public - set(found))]
    complaints += [f"documented, but not there: {name}" for name in sorted(set(found) - public)]
    texts = {str(header.relative_to(folder)): header.read_text()
             for folder in INCLUDE for header in folder.rglob("*.hpp")}
    for name, header in sorted(found.items()):
        if header and "." not in name and not re.search(rf"\b{name}\b", texts.get(header, "")):
            complaints.append(f"<{header}> has no {name}")
    if len(public) < 300:
        complaints.append(f"only {len(public)} public names: has the headers' style changed?")
    print("\n".join(complaints) or f"{len(public)} names are documented")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
