// SPDX-License-Identifier: GPL-3.0-or-later
// What is found in recordings, and what differs between two, as the command line tells it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/app/child.hpp"

using namespace awaitscope::test;

namespace {

std::string recorded(const std::string& scenario) {
    const std::string path = private_file(scenario + ".awaitscope");
    REQUIRE(run_awaitscope({"scenario", scenario, "--headless", "-o", path}).exit_code == 0);
    return path;
}

}  // namespace

TEST_CASE("report tells a deadlock with its line, and where the time went") {
    const std::string file = recorded("deadlock");
    const Finished text = run_awaitscope({"report", file});
    CHECK(text.exit_code == 0);
    CHECK(text.err.empty());
    CHECK_THAT(text.out, Catch::StartsWith(file + ": "));
    CHECK_THAT(text.out, Catch::Contains("error: Deadlock, deadlock.cpp:") &&
                             Catch::Contains("for lock red, held by Ann") && Catch::Contains("LONGEST STEPS"));
    const auto json = nlohmann::json::parse(run_awaitscope({"report", file, "--json"}).out);
    REQUIRE(json.at("findings").size() == 1);
    CHECK(json.at("findings").at(0).at("kind") == "deadlock");
    CHECK(json.at("findings").at(0).at("tasks").size() == 2);
}

TEST_CASE("diff of a recording with itself finds nothing, of two programs, what is new and gone") {
    const std::string one = recorded("say-after-sequential"), other = recorded("say-after-concurrent");
    const Finished same = run_awaitscope({"diff", one, one});
    CHECK(same.exit_code == 0);
    CHECK_THAT(same.out, Catch::Contains("COROUTINES: 0 of ") && Catch::Contains("LINES: 0 of "));
    const auto json = nlohmann::json::parse(run_awaitscope({"diff", one, other, "--json"}).out);
    int added = 0, gone = 0;
    for (const auto& row : json.at("coroutines")) {
        added += row.at("verdict") == "new";
        gone += row.at("verdict") == "gone";
    }
    CHECK(added > 0);
    CHECK(gone > 0);
}
