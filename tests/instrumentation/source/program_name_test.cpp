// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/program_name.hpp"

#include <catch2/catch.hpp>

using namespace awaitscope;

TEST_CASE("a program that is only called by its interpreter is called by its script") {
    CHECK(program_name("python3.11", "python3 app.py") == "app.py (python3.11)");
    CHECK(program_name("python3", "/usr/bin/python3 -u -X dev /home/me/app.py -m x") == "app.py (python3)");
    CHECK(program_name("python", "python -m http.server 80") == "http.server (python)");
    CHECK(program_name("node", "/usr/bin/node --require ./hooks.js server.js") == "server.js (node)");
}

TEST_CASE("a name that somebody gave stays") {
    CHECK(program_name("shop", "python3 app.py") == "shop");
    CHECK(program_name("app.py (python3)", "python3 app.py") == "app.py (python3)");
    CHECK(program_name("node_exporter", "node_exporter x.js") == "node_exporter");
    CHECK(program_name("pythonic", "python3 app.py") == "pythonic");
}

TEST_CASE("an interpreter without a script keeps its name") {
    for (const char* command : {"", "python3", "python3 -i", "python3 -c import-this app.py", "python3 -uc x",
                                "gunicorn: worker app.py", "python3 -m", "python3 -X"})
        CHECK(program_name("python3", command) == "python3");
    for (const char* command : {"node", "node -e code", "node --eval code x.js", "node --require"})
        CHECK(program_name("node", command) == "node");
}

TEST_CASE("options of an interpreter, and their words, are not its script") {
    CHECK(script_of("python3.11 -Wignore -W error -Xdev -bb app.py") == "app.py");
    CHECK(script_of("python3 -um pkg.mod") == "pkg.mod");
    CHECK(script_of("python3 -mpkg") == "pkg");
    CHECK(script_of("python3 --check-hash-based-pycs always  app.py") == "app.py");
    CHECK(script_of("node --import x.mjs --inspect=0 -r y a/b.js") == "a/b.js");
    CHECK(script_of("./server --port 80") == "");
}
