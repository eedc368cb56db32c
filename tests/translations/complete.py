# SPDX-License-Identifier: GPL-3.0-or-later
"""Every text of the window is in every translation: complete.py SOURCE LUPDATE

Collects the texts anew, as ./dev translate does, but into a copy. A text without a translation, one that is no longer in
the source, and one whose %1 or %n got lost on the way are named.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree


def placeholders(text):
    return sorted(set(re.findall(r"%L?(?:\d|n)", text)))


def problems_in(path):
    for context in ElementTree.parse(path).iter("context"):
        for message in context.iter("message"):
            source = message.find("source").text
            translation = message.find("translation")
            where = f"{context.find('name').text}: \"{source}\""
            if translation.get("type") in ("vanished", "obsolete"):
                yield f"{where} is no longer in the source"
                continue
            forms = [form.text for form in translation.iter("numerusform")] or [translation.text]
            if translation.get("type") == "unfinished" or not all(forms):
                yield f"{where} is not translated"
                continue
            for form in forms:
                if placeholders(form) != placeholders(source):
                    yield f"{where} has other placeholders than \"{form}\""


def main():
    source, lupdate = pathlib.Path(sys.argv[1]), sys.argv[2]
    files = sorted((source / "resources/translations").glob("*.ts"))
    problems = [] if files else ["there are no translations"]
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            copy = shutil.copy(file, folder)
            subprocess.run([lupdate, "-silent", "-locations", "none", "-I", ".",
                            "-tr-function-alias", "QT_TRANSLATE_NOOP+=phrase,QT_TRANSLATE_N_NOOP+=phrase_n",
                            "ui", "app", "instrumentation/analysis", "instrumentation/source", "-ts", copy],
                           cwd=source, check=True, stderr=subprocess.DEVNULL)
            found = list(problems_in(copy))
            problems += [f"{file.name}: {problem}" for problem in found]
            if found:
                problems.append(f"{len(found)} texts; ./dev translate writes them into {file}")
    print("\n".join(problems))
    sys.exit(bool(problems))


main()
