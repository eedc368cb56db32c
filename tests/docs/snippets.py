#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The code in the pages for people, as programs.

    snippets.py extract PAGE OUT.cpp      one file of all its ```cpp blocks, whose main() runs those that can run
    snippets.py compare PAGE PROGRAM      runs that and the ```python blocks; a pair must print the same

What stands behind the language says what a block is:
    cpp, python           declarations; a `main_()` or `main()` among them is run
    cpp shared            stands before all other blocks (python shared likewise)
    cpp run, python run   Python's is run as it is, C++'s run() is called
    cpp body              what stands in a coroutine, with all of asyncio's names; it is compiled
    python 3.13           run by that Python or a newer one
A block of Python and the block of C++ after it are a pair when both run.
"""
import io
import re
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

MARK = "===="  # a line of the program's output: a block begins, and its line in the page


@dataclass
class Block:
    language: str
    kind: str  # what stands behind the language
    line: int  # of its first line of code in the page
    code: str

    def runs(self):
        if self.kind == "run":
            return True
        entry = "main_() {" if self.language == "cpp" else "async def main():"
        return self.kind not in ("shared", "body") and entry in self.code


def blocks_of(page):
    blocks, inside = [], None
    for number, line in enumerate(Path(page).read_text().splitlines(), 1):
        fence = re.match(r"```(\w*) ?(.*)$", line)
        if not fence:
            if inside:
                inside.code += line + "\n"
        elif inside:
            blocks.append(inside)
            inside = None
        else:
            inside = Block(fence[1], fence[2], number + 1, "")
    return [block for block in blocks if block.language in ("cpp", "python")]


def extract(page, out):
    """Each block in a namespace of its own; its includes before all, where the standard wants them."""
    includes, shared, bodies, calls = [], [], [], []
    for block in blocks_of(page):
        if block.language != "cpp":
            continue
        lines = block.code.splitlines(keepends=True)
        includes += [line for line in lines if line.startswith("#include")]
        code = "".join("\n" if line.startswith("#include") else line for line in lines)
        code = f"#line {block.line}\n{code}"  # not of another file: GCC 12 warns of lambdas in coroutines of headers
        if block.kind == "shared":
            shared.append(code)
            continue
        if block.kind == "body":
            code = f"using namespace asyncio;\nCoroutine<> body() {{\n{code}}}\n"
        name = f"line_{block.line}"
        bodies.append(f"namespace {name} {{\n{code}}}\n")
        if block.runs():
            call = f"{name}::run();" if block.kind == "run" else (
                f"asyncio::run({name}::main_(), {{.clock = asyncio::Clock::virtual_time}});")
            calls.append(f'    std::puts("{MARK} {block.line}");\n    {call}\n')
    if not bodies:
        sys.exit(f"{page}: no C++ in it")
    includes += ["#include <asyncio/asyncio.hpp>\n", "#include <cstdio>\n"]
    text = "".join(sorted(set(includes)) + shared + bodies)
    text += "int main() {\n" + "".join(calls) + "}\n"
    Path(out).write_text(text)


def outputs_of_program(program):
    result = subprocess.run([program], stdout=subprocess.PIPE, text=True)
    if result.returncode:
        print(result.stdout)
        sys.exit(f"{program} ended with {result.returncode}, in the last block it names")
    parts = re.split(rf"^{MARK} (\d+)\n", result.stdout, flags=re.M)
    return dict(zip(map(int, parts[1::2]), parts[2::2]))


def run_python(shared, block, page):
    """What it prints; None when it is for a newer Python."""
    version = re.fullmatch(r"3\.(\d+)", block.kind)
    code = compile("\n" * (block.line - 1) + block.code, page, "exec")  # compiled by any
    if version and sys.version_info < (3, int(version[1])):
        return None
    names = dict(shared)
    output = io.StringIO()
    with redirect_stdout(output):
        exec(code, names)
        if block.kind != "run":
            names["asyncio"].run(names["main"]())
    return output.getvalue()


def compare(page, program):
    printed = outputs_of_program(program)
    shared, wrong, pairs, before = {}, 0, 0, None
    for block in blocks_of(page):
        if block.language == "python" and block.kind == "shared":
            exec(compile(block.code, page, "exec"), shared)
        elif block.language == "python":
            before = block
            if not block.runs():
                compile("\n" * (block.line - 1) + block.code, page, "exec")
        elif before and before.runs() and block.runs():
            expected = run_python(shared, before, page)
            if expected is None:
                print(f"{page}:{before.line}: skipped, for Python {before.kind}")
            elif expected != printed[block.line]:
                wrong += 1
                print(f"{page}:{before.line}: Python prints\n{expected}{page}:{block.line}: C++ prints\n"
                      f"{printed[block.line]}")
            pairs += 1
            before = None
    print(f"{page}: {pairs} pairs, {wrong} differ; {len(printed)} C++ blocks run")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "extract":
        extract(*sys.argv[2:])
    elif len(sys.argv) == 4 and sys.argv[1] == "compare":
        sys.exit(compare(*sys.argv[2:]))
    else:
        sys.exit(__doc__)
