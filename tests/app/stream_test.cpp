// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings through real pipes, from one awaitscope to another.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/child.hpp"

using namespace awaitscope::test;

namespace {

Finished shell(const std::string& script) {
    return run({"sh", "-c", script}, {std::string("A=") + awaitscope_binary});
}

}  // namespace

TEST_CASE("a process recorded into a pipe is dumped at its other end as from a file") {
    const std::string file = private_file("run.awaitscope");
    REQUIRE(run_awaitscope({"scenario", "lock", "--headless", "-o", file}).exit_code == 0);
    const Finished piped = shell("\"$A\" record -o - -- \"$A\" scenario lock --headless | \"$A\" dump -");
    CHECK(piped.exit_code == 0);
    CHECK(piped.out == run_awaitscope({"dump", file}).out);
    // What the program says itself does not get into the recording's way.
    CHECK_THAT(piped.err, Catch::Contains("into standard output"));
}

TEST_CASE("a recording goes through a pipe as a file, too") {
    const std::string file = private_file("run.awaitscope");
    REQUIRE(run_awaitscope({"scenario", "lock", "--headless", "-o", file}).exit_code == 0);
    const Finished whole = shell("\"$A\" dump - < " + file);
    CHECK(whole.exit_code == 0);
    CHECK(whole.out == run_awaitscope({"dump", file}).out);
    CHECK(whole.err.empty());
    const Finished cut = shell("head -c 900 " + file + " | \"$A\" dump -");
    CHECK(cut.exit_code == 0);
    CHECK_THAT(cut.err, Catch::StartsWith("note: standard input ends in mid-chunk"));
    CHECK_THAT(shell("echo hello | \"$A\" dump -").err,
               Catch::Contains("awaitscope: standard input is not a recording of awaitscope"));
}
