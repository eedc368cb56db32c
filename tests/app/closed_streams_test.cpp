// SPDX-License-Identifier: GPL-3.0-or-later
// What is said, and what is lost, where a standard stream is closed or a file cannot be written: one line that names
// the reason, and nothing more than the words that nobody can hear.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/app/child.hpp"

using namespace awaitscope::test;

namespace {

/// A command line of the shell's in which $A is awaitscope and $F a recording.
Finished shell(const std::string& script) {
    static const std::string file = [] {
        const std::string path = private_file("streams.awaitscope");
        REQUIRE(run_awaitscope({"scenario", "lock", "-o", path}).exit_code == 0);
        return path;
    }();
    return run({"sh", "-c", script},
               {std::string("A=") + awaitscope_binary, "F=" + file, "O=" + private_file("streams.out.awaitscope")});
}

void check_one_line(const Finished& finished, int exit_code, const std::string& says) {
    INFO(finished.err);
    CHECK(finished.exit_code == exit_code);
    CHECK(finished.out.empty());
    CHECK_THAT(finished.err, Catch::StartsWith("awaitscope: ") && Catch::Contains(says));
    CHECK(std::ranges::count(finished.err, '\n') == 1);
}

}  // namespace

TEST_CASE("a closed standard output is told as what it is, by each that prints") {
    const char* const commands[] = {
        "--help",       "scenario",      "scenario lock --headless",        "dump \"$F\"",
        "tasks \"$F\"", "report \"$F\"", "export \"$F\" --format csv -o -", "scenario lock --headless -o \"$O\""};
    for (const std::string command : commands) {
        INFO(command);
        check_one_line(shell("\"$A\" " + command + " >&-"), 1, "cannot write to standard output: Bad file descriptor");
        check_one_line(shell("\"$A\" " + command + " >/dev/full"), 1,
                       "cannot write to standard output: No space left on device; send it");
    }
}

TEST_CASE("what is recorded is whole though the program's output goes nowhere") {
    for (const std::string out : {">&-", ">/dev/full"}) {
        CHECK(shell("rm -f \"$O\"; \"$A\" scenario lock --headless -o \"$O\" " + out).exit_code == 1);
        CHECK(shell("\"$A\" dump \"$O\"").out == shell("\"$A\" dump \"$F\"").out);
    }
}

TEST_CASE("a closed standard input gives nothing, and is not waited for") {
    check_one_line(shell("\"$A\" dump - <&-"), 1, "standard input is not a recording");
}

TEST_CASE("a standard error that takes nothing costs the words alone") {
    for (const std::string err : {"2>&-", "2>/dev/full"}) {
        INFO(err);
        CHECK(shell("\"$A\" nonsense " + err).exit_code == 2);
        CHECK(shell("\"$A\" dump /no/such/file " + err).exit_code == 1);
        CHECK(shell("rm -f \"$O\"; \"$A\" record -o \"$O\" -- \"$A\" scenario lock --headless " + err).exit_code == 0);
        CHECK(shell("\"$A\" dump \"$O\"").out == shell("\"$A\" dump \"$F\"").out);
    }
}

TEST_CASE("what cannot be written is named with the reason and the option to change") {
    check_one_line(shell("\"$A\" report \"$F\" --html /no/such/page.html"), 1,
                   "cannot write /no/such/page.html: No such file or directory; name another file with --html");
    check_one_line(shell("\"$A\" report \"$F\" --html /dev/full"), 1, "No space left on device");
    check_one_line(shell("\"$A\" export \"$F\" --format csv -o /no/such/file"), 1,
                   "cannot write /no/such/file: No such file or directory; name another file with -o");
    check_one_line(shell("\"$A\" export \"$F\" --format csv -o /dev/full"), 1, "No space left on device");
}

TEST_CASE("a picture that cannot be written is told with the reason, once") {
    for (const std::string kind : {"png", "svg"})
        check_one_line(shell("\"$A\" render \"$F\" -o /no/such/x." + kind), 1,
                       "cannot write /no/such/x." + kind + ": No such file or directory; name another file with -o");
}

TEST_CASE("a picture of a recording that was cut says so") {
    for (const std::string view : {"timeline", "window"}) {
        const Finished painted =
            shell("head -c 400 \"$F\" > \"$O\"; \"$A\" render \"$O\" -o \"$AWAITSCOPE_DIR/x.png\" --view " + view);
        CHECK(painted.exit_code == 0);
        CHECK_THAT(painted.err, Catch::StartsWith("note: ") && Catch::Contains("ends in mid-chunk"));
        CHECK(std::ranges::count(painted.err, '\n') == 1);
    }
}

TEST_CASE("a task that has no event is told as that, whichever form is asked for") {
    for (const std::string form : {"", " --json"}) {
        const Finished dumped = shell("\"$A\" dump \"$F\" --task 9999" + form);
        CHECK(dumped.exit_code == 0);
        CHECK(dumped.out.empty());
        CHECK_THAT(dumped.err, Catch::StartsWith("note: task 9999 has no event here"));
    }
}

TEST_CASE("the page of a report goes to standard output, too") {
    const Finished page = shell("cd \"$AWAITSCOPE_DIR\" && \"$A\" report \"$F\" --html - && test ! -e -");
    CHECK(page.exit_code == 0);
    CHECK(page.err.empty());
    CHECK_THAT(page.out, Catch::StartsWith("<!") && Catch::Contains("</html>"));
}
