// SPDX-License-Identifier: GPL-3.0-or-later
// The lessons and their tests are one text: each scenario's output is its twin's, and its events are the same in every
// run. AWAITSCOPE_APPROVE=1 ./dev test -R app/ takes what came out as right: look at the diff before committing it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/app/child.hpp"

using namespace awaitscope::test;

namespace {

const std::string source = AWAITSCOPE_SOURCE_DIR;

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> result;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) result.push_back(line);
    return result;
}

std::vector<std::string> scenario_names() {
    return lines(run_awaitscope({"scenario", "--names"}).out);
}

/// A dump without the runtime's own files and lines: they change with every edit there.
std::string without_runtime_places(const std::string& dump, std::string scenario) {
    std::ranges::replace(scenario, '-', '_');
    const std::regex other_file(" (?!" + scenario + R"(\.cpp)\w+\.[ch]pp:\d+)");
    return std::regex_replace(dump, other_file, "");
}

/// Compares with tests/golden/scenarios/NAME; when told to approve, writes it instead.
void check_golden(const std::string& name, const std::string& got) {
    const std::string path = source + "/tests/golden/scenarios/" + name;
    if (std::getenv("AWAITSCOPE_APPROVE")) std::ofstream(path, std::ios::binary) << got;
    const auto wanted_lines = lines(read_file(path));
    const auto got_lines = lines(got);
    INFO("tests/golden/scenarios/" << name << "; AWAITSCOPE_APPROVE=1 approves");
    for (std::size_t i = 0; i < std::min(wanted_lines.size(), got_lines.size()); ++i) {
        INFO("line " << i + 1);
        REQUIRE(got_lines[i] == wanted_lines[i]);
    }
    CHECK(got_lines.size() == wanted_lines.size());
}

/// A python3 of at least 3.11, or "".
std::string python() {
    for (const char* name : {"python3", "python3.14", "python3.13", "python3.12", "python3.11"}) {
        const std::string command = std::string(name) + " -c 'import sys; sys.exit(sys.version_info < (3, 11))'";
        if (run({"sh", "-c", command}).exit_code == 0) return name;
    }
    return {};
}

}  // namespace

TEST_CASE("the scenarios are those that have a story, a twin and a program") {
    std::vector<std::string> folders;
    for (const auto& entry : std::filesystem::directory_iterator(source + "/resources/scenarios")) {
        folders.push_back(entry.path().filename());
        CHECK(std::filesystem::exists(entry.path() / "story.md"));
        CHECK(std::filesystem::exists(entry.path() / "twin.py"));
    }
    std::ranges::sort(folders);
    auto names = scenario_names();
    std::ranges::sort(names);
    CHECK(names == folders);
    CHECK(names.size() >= 3);
}

TEST_CASE("a scenario prints what its twin prints under CPython") {
    for (const auto& name : scenario_names()) {
        INFO(name);
        const Finished finished = run_awaitscope({"scenario", name, "--headless"});
        CHECK(finished.exit_code == 0);
        CHECK(finished.err.empty());
        CHECK(finished.out == read_file(source + "/tests/golden/scenarios/" + name + ".output.txt"));
    }
}

TEST_CASE("the twins print what is recorded of them") {
    const std::string interpreter = python();
    if (interpreter.empty()) {
        WARN("no python3 >= 3.11 here: the twins were not run, only compared as recorded");
        SUCCEED();
        return;
    }
    for (const auto& name : scenario_names()) {
        INFO(interpreter << " resources/scenarios/" << name << "/twin.py");
        const Finished twin = run({interpreter, source + "/resources/scenarios/" + name + "/twin.py"});
        CHECK(twin.err.empty());
        CHECK(twin.out == read_file(source + "/tests/golden/scenarios/" + name + ".output.txt"));
    }
}

TEST_CASE("under the virtual clock a scenario's events are the same in every run, and those approved") {
    for (const auto& name : scenario_names()) {
        INFO(name);
        const std::string files[] = {private_file(name + "-1.awaitscope"), private_file(name + "-2.awaitscope")};
        std::string dumps[2];
        for (int i = 0; i < 2; ++i) {
            const Finished recorded = run_awaitscope({"scenario", name, "-o", files[i]});
            INFO(recorded.err);
            REQUIRE(recorded.exit_code == 0);
            CHECK(recorded.out.empty());
            dumps[i] = run_awaitscope({"dump", files[i]}).out;
        }
        CHECK((dumps[0] == dumps[1]));
        CHECK(dumps[0].size() > 1000);
        check_golden(name + ".events.txt", without_runtime_places(dumps[0], name));
        const std::string tasks = run_awaitscope({"tasks", files[0], "--at", "1.5s"}).out;
        static const std::regex padding(" {2,}");  // of columns: as wide as the places that were left out
        check_golden(name + ".tasks.txt", std::regex_replace(without_runtime_places(tasks, name), padding, "  "));
    }
}

TEST_CASE("under the real clock a scenario prints the same") {
    const Finished finished = run_awaitscope({"scenario", "gather-factorial", "--headless", "--clock", "real"});
    CHECK(finished.exit_code == 0);
    CHECK(finished.out == read_file(source + "/tests/golden/scenarios/gather-factorial.output.txt"));
}
