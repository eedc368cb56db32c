// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that share what they do when it is begun already are seen as if they had shared it from the first.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/instrumentation/python/python_programs.hpp"
#include "tests/instrumentation/python/running_program.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr const char* the_program = "begun_before.py";

std::string picture_by(const Python& python, std::vector<std::string> arguments, const char* shares) {
    arguments.insert(arguments.begin(), {python.path, program(the_program)});
    const RunningProgram running(std::move(arguments), {with_adapter(), {"AWAITSCOPE", shares}});
    return picture_of(Seen(running.pid()).trace);
}

bool has_uvloop(const Python& python) {
    return shell("", python.path + " -c 'import uvloop'").exit_code == 0;
}

}  // namespace

TEST_CASE("a program that shares its events late is seen as if it had shared them from the first") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const std::string watched = picture_by(python, {}, "1");
        CHECK(picture_by(python, {"late"}, "0") == watched);
        CHECK(watched.find("gathers at 23, waiting for gather of 3 (Task-") != std::string::npos);
        if (has_uvloop(python)) CHECK(picture_by(python, {"uvloop", "late"}, "0") == watched);
    }
    CHECK(true);
}

TEST_CASE("a program whose asyncio lacks the private names by which waits are understood is seen without them") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const std::string watched = picture_by(python, {}, "1");
        const std::string bare = picture_by(python, {"bare", "late"}, "0");
        CHECK(bare.find("gathers at 23, waiting for gather\n") != std::string::npos);
        CHECK(bare.find("gather of") == std::string::npos);
        CHECK(std::ranges::count(bare, '\n') == std::ranges::count(watched, '\n'));
        if (python.minor >= 11) CHECK(bare.find("waiting for group\n") != std::string::npos);
    }
    CHECK(true);
}
