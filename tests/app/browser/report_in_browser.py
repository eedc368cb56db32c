# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTML report in a real browser: report_in_browser.py AWAITSCOPE

Skipped (exit code 77) where no Chromium is installed.
"""
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zlib

import chromium

SKIPPED = 77


def colours(png):
    """How many rows of a PNG are more than one colour, by the bytes that its filters leave."""
    data = png.read_bytes()
    assert data.startswith(b"\x89PNG"), "the screenshot is no PNG"
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert depth == 8 and kind in (2, 6), (depth, kind)
    packed, at = b"", 8
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at:at + 8])
        if name == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += 12 + length
    row = 1 + width * (3 if kind == 2 else 4)
    pixels = zlib.decompress(packed)
    return sum(len(set(pixels[y * row + 1:(y + 1) * row])) > 8 for y in range(height))


def main():
    browser = chromium.find()
    if not browser:
        print("no Chromium here: the page was not opened in a browser")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        environment = {**os.environ, "AWAITSCOPE_DIR": str(folder / "sessions"), "HOME": name}

        def run(*command):
            ran = subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True)
            assert ran.returncode == 0, f"{command}: {ran.stderr}"
            return ran.stdout

        run(sys.argv[1], "scenario", "deadlock", "-o", folder / "run.awaitscope")
        page = folder / "report.html"
        run(sys.argv[1], "report", folder / "run.awaitscope", "--html", page)
        text = page.read_text(encoding="utf-8")
        outside = re.findall(r"""(?:src|href)\s*=\s*["'](?!#|data:)[^"']*|@import|url\((?!#)""", text)
        assert not outside, f"the page refers to what lies outside: {outside}"

        flags = [*chromium.FLAGS, f"--user-data-dir={name}/browser"]
        dom = run(browser, *flags, "--dump-dom", page.as_uri())
        for wanted in (">Findings</h2>", "Deadlock", ">Timeline</h2>", ">Coroutines</h2>"):
            assert wanted in dom, f"the browser's page lacks {wanted}"
        assert re.search(r"<svg.*>Ann<.*</svg>", dom, re.S), "the timeline's tasks are not in the browser's page"
        picture = folder / "page.png"
        run(browser, *flags, "--window-size=1280,1600", f"--screenshot={picture}", page.as_uri())
        drawn = colours(picture)
        assert drawn > 300, f"the page looks empty: {drawn} rows of it are drawn on"


main()
