// SPDX-License-Identifier: GPL-3.0-or-later
// An engineer meets a Python program whose loop stands still: `awaitscope` names the line.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/app/child.hpp"

using namespace awaitscope::test;

namespace {

const std::string stalls = AWAITSCOPE_SOURCE_DIR "/tests/instrumentation/python/stalls.py";

std::string fresh_pipe(const std::string& name) {
    const std::string file = private_file(name);
    REQUIRE(mkfifo(file.c_str(), 0600) == 0);
    return file;
}

/// The first blocked loop that `awaitscope report` finds, as soon as it finds one.
nlohmann::json blocked_loop(const std::string& target) {
    std::string last;
    for (int tries = 0; tries < 200; ++tries) {
        const Finished report = run_awaitscope({"report", target, "--json"});
        last = report.out + report.err;
        if (report.exit_code != 0) continue;
        const nlohmann::json parsed = nlohmann::json::parse(report.out);
        for (const auto& finding : parsed.at("findings"))
            if (finding.at("kind") == "blocked-loop" && finding.contains("stack")) return finding;
    }
    FAIL("nothing blocked was found in " << target << ": " << last);
    return {};
}

}  // namespace

TEST_CASE("report names the line that keeps a Python program's loop, while it lasts and in a recording of it") {
    const std::string file = fresh_pipe("stalled");
    const std::string recording = private_file("stalled.awaitscope");
    Child program({awaitscope_binary, "record", "-o", recording, "--", "python3", stalls, "block", file});
    program.wait_for_line("ready");
    blocked_loop(recording);  // what is recorded so far is a recording
    run({"sh", "-c", ": > " + file});
    CHECK(program.wait().exit_code == 0);
    const nlohmann::json finding = blocked_loop(recording);
    CHECK(finding.at("file").get<std::string>().ends_with("stalls.py"));
    CHECK(finding.at("line") == 16);
    CHECK(finding.at("function") == "block");
    CHECK(finding.at("stack").size() == 3);
    const Finished text = run_awaitscope({"report", recording});
    CHECK_THAT(text.out, Catch::Contains("Blocked loop, stalls.py:16") &&
                             Catch::Contains("in block at stalls.py:16\n      in pick at stalls.py:22"));
}

TEST_CASE("report names the line of a program that stands still at this moment") {
    const std::string file = fresh_pipe("lasting");
    Child program({"env", "AWAITSCOPE=1", "PYTHONPATH=" PYTHON_ADAPTER, "python3", stalls, "compute", file});
    program.wait_for_line("ready");
    const nlohmann::json finding = blocked_loop(std::to_string(program.pid()));
    CHECK(finding.at("function") == "compute");
    CHECK(finding.at("end").is_null());
    CHECK(finding.at("tasks").size() == 1);
    run({"touch", file + ".go"});
    CHECK(program.wait().exit_code == 0);
}
