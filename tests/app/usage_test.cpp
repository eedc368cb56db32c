// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line says when it is used wrongly, and its help.
#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>
#include <set>
#include <string>

#include "tests/app/child.hpp"

using namespace awaitscope::test;

namespace {

struct Mistake {
    Child::Arguments arguments;
    int exit_code;
    std::string says;
};

/// The commands that `awaitscope --help` lists.
std::set<std::string> commands_in_help() {
    const std::string help = run_awaitscope({"--help"}).out;
    const std::string list = help.substr(std::min(help.find("Subcommands:"), help.size()));
    static const std::regex line(R"(\n  ([a-z]+) )");
    std::set<std::string> names;
    for (std::sregex_iterator match(list.begin(), list.end(), line), end; match != end; ++match)
        names.insert((*match)[1]);
    return names;
}

}  // namespace

TEST_CASE("a mistake gives one line on stderr, nothing on stdout, and the right exit code") {
    const std::string missing = private_file("missing.awaitscope");
    const Mistake mistakes[] = {
        {{"nonsense"}, 2, "nonsense"},
        {{"--nonsense"}, 2, "--nonsense"},
        {{"list", "more"}, 2, "more"},
        {{"attach"}, 2, "PID is required"},
        {{"nonsense", "--help"}, 2, "there is no command 'nonsense'"},
        {{"attach", "me"}, 2, "'me' is no process id"},
        {{"attach", "0"}, 2, "'0' is no process id"},
        {{"attach", "1", "--yes"}, 2, "--yes requires --inject"},
        {{"record", "1"}, 2, "--output is required"},
        {{"record", "-o", "x"}, 2, "a PID or, behind --, a command"},
        {{"record", "1", "-o", "x", "--", "true"}, 2, "a PID or, behind --, a command"},
        {{"record", "1", "-o", "x", "--for", "soon"}, 2, "'soon' is no length of time"},
        {{"record", "1", "-o", "x", "--keep", "much"}, 2, "'much' is no length of time"},
        {{"attach", "1", "--keep", "1m"}, 2, "name its file with --record"},
        {{"run"}, 2, "behind --"},
        {{"run", "true"}, 2, "the command to start stands behind --"},
        {{"record", "1", "-o", "x", "--for", "0s"}, 2, "'0s' is no length of time"},
        {{"record", "1", "-o", "x", "--keep", "0"}, 2, "'0' is no length of time"},
        {{"attach", "1", "--record", "x", "--keep", "0s"}, 2, "'0s' is no length of time"},
        {{"dump", "0"}, 2, "'0' is no process id"},
        {{"tasks", "-1"}, 2, "'-1' is no process id"},
        {{"report", "99999999999"}, 2, "'99999999999' is no process id"},
        {{"export", "0", "--format", "csv", "-o", "-"}, 2, "'0' is no process id"},
        {{"dump", ""}, 2, "'' is no file and no process id"},
        {{"open", "0"}, 2, "'0' is no file; awaitscope record"},
        {{"open", "4711"}, 2, "'4711' is no file"},
        {{"diff", missing, "-1"}, 2, "'-1' is no file"},
        {{"render", "4711", "-o", "x.png"}, 2, "'4711' is no file"},
        {{"render", missing, "-o", "x.png", "--view", "compare", "--with", "0"}, 2, "'0' is no file"},
        {{"dump", missing, "--to", "0s"}, 2, "--to must lie behind the beginning"},
        {{"record", "-o", "x", "--", "/no/such/program"}, 1, "name a program of PATH"},
        {{"scenario", "lock", "-o", "/"}, 1, "cannot write /: Is a directory; name another file"},
        {{"dump", "-"}, 1, "is not a recording of awaitscope; `awaitscope record` makes them"},
        {{"python", "uninstall", "nosuchpython"}, 1, "nosuchpython was not found; name an interpreter"},
        {{"open"}, 2, "FILE is required"},
        {{"open", missing, "--memory", "much"}, 2, "'much' is no amount of memory"},
        {{"attach", "1", "--memory", "0G"}, 2, "'0G' is no amount of memory"},
        {{"open", missing, "--from", "2s", "--to", "1s"}, 2, "--from must lie before --to"},
        {{"dump"}, 2, "is required"},
        {{"dump", missing, "--from", "2s", "--to", "1s"}, 2, "--from must lie before --to"},
        {{"dump", missing, "--task", "0"}, 2, "'0' is no number of a task"},
        {{"dump", missing, "--task", "7x"}, 2, "'7x' is no number of a task"},
        {{"diff", "only-one"}, 2, "is required"},
        {{"report"}, 2, "is required"},
        {{"python"}, 2, "ACTION is required"},
        {{"python", "remove"}, 2, "remove"},
        {{"python", "install", "/bin/true"}, 1, "is no Python"},
        {{"python", "uninstall", "/bin/true"}, 1, "is no Python"},
        {{"python", "install", "/no/such/python3"}, 1, "/no/such/python3"},
        {{"tasks", "1", "--at", "noon"}, 2, "'noon' is no length of time"},
        {{"render", missing, "-o", "picture.gif"}, 2, ".png or .svg"},
        {{"render", missing, "-o", "x.png", "--size", "big"}, 2, "'big' is no size"},
        {{"render", missing, "-o", "x.png", "--size", "100x99999"}, 2, "is no size"},
        {{"render", missing, "-o", "x.png", "--view", "soup"}, 2, "soup"},
        {{"render", "-o", "x.png"}, 2, "FILE is required"},
        {{"render", missing, "-o", "x.png", "--view", "help"}, 2, "leave FILE out"},
        {{"render", missing, "-o", "x.png", "--view", "compare"}, 2, "go together"},
        {{"render", missing, "-o", "x.png", "--with", missing}, 2, "go together"},
        {{"render", missing, "-o", "x.png", "--from", "2s", "--to", "1s"}, 2, "--from must lie before --to"},
        {{"export", missing, "-o", "x"}, 2, "--format is required"},
        {{"export", missing, "--format", "soup", "-o", "x"}, 2, "soup"},
        {{"export", missing, "--format", "csv"}, 2, "either a file, with -o, or a --collector"},
        {{"export", missing, "--format", "csv", "-o", "x", "--from", "2s", "--to", "1s"},
         2,
         "--from must lie before --to"},
        {{"report", missing, "--from", "2s", "--to", "1s"}, 2, "--from must lie before --to"},
        {{"export", missing, "--format", "csv", "--collector", "http://localhost"}, 2, "--format otlp only"},
        {{"scenario", "--headless"}, 2, "wants a NAME"},
        {{"scenario", "lock", "--clock", "sand"}, 2, "sand"},
        {{"scenario", "lock", "--speed", "0"}, 2, "--speed"},
        {{"scenario", "nonsense"}, 1, "no scenario 'nonsense'"},
        {{"scenario", "nonsense", "--headless"}, 1, "awaitscope scenario lists them"},
        {{"dump", missing}, 1, missing},
        {{"diff", missing, missing}, 1, missing},
        {{"report", missing}, 1, missing},
        {{"tasks", missing}, 1, missing},
        {{"export", missing, "--format", "csv", "-o", "-"}, 1, missing},
        {{"open", missing}, 1, missing},
        {{"render", missing, "-o", private_file("x.png")}, 1, missing},
        {{"dump", "999999999"}, 1, "999999999"},
        {{"report", "999999999"}, 1, "999999999"},
        {{"tasks", "999999999"}, 1, "999999999"},
        {{"attach", "999999999"}, 1, "999999999"},
        {{"record", "999999999", "-o", private_file("x.awaitscope")}, 1, "999999999"},
        {{"record", "-o", private_file("y.awaitscope"), "--", "/no/such/program"}, 1, "/no/such/program"},
        {{"record", "-o", "/no/such/folder/x.awaitscope", "--", "true"}, 1, "/no/such/folder"},
        {{"scenario", "lock", "-o", "/no/such/folder/x.awaitscope"}, 1, "/no/such/folder"},
    };
    for (const auto& mistake : mistakes) {
        std::string line = "awaitscope";
        for (const auto& argument : mistake.arguments) line += " " + argument;
        INFO(line);
        const Finished finished = run_awaitscope(mistake.arguments);
        CHECK(finished.exit_code == mistake.exit_code);
        CHECK(finished.out.empty());
        CHECK_THAT(finished.err, Catch::StartsWith("awaitscope: ") && Catch::Contains(mistake.says));
        CHECK(std::ranges::count(finished.err, '\n') == 1);
    }
}

TEST_CASE("without a display the window's commands say so, and what to do") {
    const std::string file = private_file("usage.awaitscope");
    REQUIRE(run_awaitscope({"scenario", "lock", "-o", file}).exit_code == 0);
    for (const Child::Arguments& arguments : {Child::Arguments{}, {"open", file}, {"scenario", "lock"}}) {
        const Finished finished = run_awaitscope(arguments, {"DISPLAY=", "WAYLAND_DISPLAY=", "QT_QPA_PLATFORM="});
        CHECK(finished.exit_code == 1);
        CHECK_THAT(finished.err, Catch::Contains("no display") && Catch::Contains("render"));
        CHECK(std::ranges::count(finished.err, '\n') == 1);
    }
}

TEST_CASE("each command has --help, on stdout") {
    const auto commands = commands_in_help();
    CHECK(commands.contains("scenario"));
    for (const auto& command : commands) {
        INFO(command);
        const Finished finished = run_awaitscope({command, "--help"});
        CHECK(finished.exit_code == 0);
        CHECK_THAT(finished.out, Catch::Contains("Usage: awaitscope " + command));
        CHECK(finished.err.empty());
    }
}

TEST_CASE("the manual page and --help tell of the same commands") {
    const std::string page = read_file(AWAITSCOPE_SOURCE_DIR "/resources/manual/awaitscope.1");
    static const std::regex heading(R"(\n\.SS ([a-z]+))");
    std::set<std::string> documented;
    for (std::sregex_iterator match(page.begin(), page.end(), heading), end; match != end; ++match)
        documented.insert((*match)[1]);
    CHECK(documented == commands_in_help());
}

TEST_CASE("the manual page tells of every option") {
    std::string page = read_file(AWAITSCOPE_SOURCE_DIR "/resources/manual/awaitscope.1");
    std::erase(page, '\\');
    static const std::regex option(R"((--[a-z]+))");
    for (const auto& command : commands_in_help()) {
        const std::string help = run_awaitscope({command, "--help"}).out;
        const std::string options = help.substr(std::min(help.find("Options:"), help.size()));
        for (std::sregex_iterator match(options.begin(), options.end(), option), end; match != end; ++match) {
            INFO(command << " " << match->str());
            // The page shows -o by its short name.
            CHECK((match->str() == "--output" || page.find(match->str()) != page.npos));
        }
    }
}

TEST_CASE("the option --version names the program and its version") {
    const Finished finished = run_awaitscope({"--version"});
    CHECK(finished.exit_code == 0);
    CHECK_THAT(finished.out, Catch::Matches("awaitscope [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}
