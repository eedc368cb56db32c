// SPDX-License-Identifier: GPL-3.0-or-later
// Twins prove each other: a scenario's C++ program and its Python twin, that one run by each CPython that is here and
// seen through the adapter, have the same tasks, which take the same steps in the same order, at the same awaits; they
// use the same primitives and queues in the same order, which are as full each time; and they do the same outside. So
// do the two programs of what people expect. Where a version of CPython does otherwise, twins.txt says so, and why: a
// twin that is listed there has to differ, one that is not has to agree.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "instrumentation/source/open_source.hpp"
#include "tests/app/child.hpp"
#include "tests/app/pythons.hpp"
#include "tests/app/twin_steps.hpp"
#include "ui/scenario/story.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

const std::string source = AWAITSCOPE_SOURCE_DIR;
constexpr int oldest = 8;  ///< the CPython from which on there is an adapter

/// A line of twins.txt.
struct Listed {
    std::string program;      ///< NAME or NAME/expected
    int first = 0, last = 0;  ///< of 3.minor
    std::string how;          ///< as the head of twins.txt tells
};

const std::vector<Listed>& table() {
    static const std::set<std::string> hows = {"lacks", "differs", "chance", "loose"};
    static const std::vector<Listed> all = [] {
        std::vector<Listed> lines;
        std::istringstream text(read_file(source + "/tests/app/twins.txt"));
        for (std::string line; std::getline(text, line);) {
            if (line.empty() || line.front() == '#') continue;
            std::istringstream words(line);
            Listed one;
            char dash = 0;
            std::string why;
            words >> one.program >> one.first >> dash >> one.last >> one.how >> why;
            if (!words || dash != '-' || !hows.contains(one.how)) throw std::runtime_error("twins.txt: " + line);
            lines.push_back(one);
        }
        return lines;
    }();
    return all;
}

/// What is said of a program under a CPython; empty where nothing is.
std::string listed(const std::string& program, int minor, bool loose) {
    for (const Listed& one : table())
        if (one.program == program && one.first <= minor && minor <= one.last && (one.how == "loose") == loose)
            return one.how;
    return {};
}

struct Run {
    Run(const std::string& file, const Child::Arguments& arguments, const Places& places, bool has_events) {
        const Finished ran = run_awaitscope(arguments);
        if (ran.err.find("adapter") != std::string::npos) throw std::runtime_error(ran.err);
        failed = ran.exit_code != 0 || ran.err.find(" exited with code ") != std::string::npos;
        error = ran.err;
        const auto symbols = std::make_shared<Symbols>();
        Trace trace{symbols};
        const auto events_of = open_source(file);
        std::vector<Event> events;
        while (events_of->read(*symbols, events, 1 << 16) == SourceState::more) continue;
        trace.append(events);
        steps = steps_of(trace, places);
        uses = uses_of(trace, has_events);
        outside = outside_of(trace);
    }
    bool failed = false;
    std::string error;
    std::vector<Step> steps, uses;
    std::vector<std::string> outside;
};

std::string text(const std::vector<Step>& steps, std::size_t around) {
    std::string all;
    const std::size_t from = around > 6 ? around - 6 : 0;
    for (std::size_t i = from; i < std::min(steps.size(), around + 4); ++i)
        all += (i == around ? "  > " : "    ") + steps[i].task + ": " + steps[i].what + "\n";
    return all;
}

/// Where they part, in words; empty where they do not.
std::string difference(const std::vector<Step>& cpp, const std::vector<Step>& python) {
    const auto [c, p] = std::ranges::mismatch(cpp, python);
    if (c == cpp.end() && p == python.end()) return {};
    const auto at = static_cast<std::size_t>(c - cpp.begin());
    return "C++:\n" + text(cpp, at) + "Python:\n" + text(python, at);
}

/// Before 3.9, run() does not shut its executor down: of the two tasks it ends with, the second is not there.
std::vector<Step> without_executors_end(std::vector<Step> steps) {
    std::vector<Step> made;
    for (const Step& step : steps)
        if (step.what.starts_with("created by ")) made.push_back(step);
    const auto ends_run = [](const Step& step) { return step.what == "created by the loop to run asyncio"; };
    if (made.size() > 2 && ends_run(made[made.size() - 2]) && ends_run(made.back()))
        std::erase_if(steps, [&](const Step& step) { return step.task == made.back().task; });
    return steps;
}

/// Where something outside is waited for, its order is chance, and so is whether it was there already: then each task
/// by itself, and without its waits for descriptors and processes.
std::map<std::string, std::vector<Step>> by_task(const std::vector<Step>& steps) {
    std::map<std::string, std::vector<Step>> lives;
    std::map<std::string, bool> waits_outside;
    for (const Step& step : steps) {
        bool& outside = waits_outside[step.task];
        outside = outside || step.what.starts_with("suspended on io") || step.what.starts_with("suspended on process");
        const bool of_that_wait = step.what.starts_with("suspended") || step.what.starts_with("ready");
        const bool ends_it = step.what == "running";
        if (!outside || (!of_that_wait && !ends_it)) lives[step.task].push_back(step);
        if (ends_it) outside = false;
    }
    return lives;
}

std::string loose_difference(const std::vector<Step>& cpp, const std::vector<Step>& python) {
    const auto cpp_lives = by_task(cpp);
    const auto python_lives = by_task(python);
    std::string all;
    for (const auto& [task, life] : cpp_lives) {
        const auto other = python_lives.find(task);
        all += other == python_lives.end() ? task + " is not in Python\n" : difference(life, other->second);
    }
    for (const auto& [task, life] : python_lives)
        if (!cpp_lives.contains(task)) all += task + " is not in C++\n";
    return all;
}

std::string difference(const Run& cpp, const Run& python, bool loose) {
    const auto compare = [&](const auto& one, const auto& other) {
        return loose ? loose_difference(one, other) : difference(one, other);
    };
    std::string all = compare(cpp.steps, python.steps) + compare(cpp.uses, python.uses);
    for (std::size_t i = 0; i < cpp.outside.size(); ++i)
        if (cpp.outside[i] != python.outside[i])
            all += "C++: " + cpp.outside[i] + "; Python: " + python.outside[i] + "\n";
    return all;
}

bool lacks_something(const std::string& error) {
    return error.find("AttributeError: ") != error.npos || error.find("ImportError: ") != error.npos ||
           error.find("SyntaxError: ") != error.npos || error.find("TypeError: ") != error.npos ||
           error.find("NameError: ") != error.npos || error.find("asyncio.exceptions.TimeoutError") != error.npos;
}

/// One of a scenario's programs, as it is or as people expect it.
void check_program(const std::string& name, bool expected, const ui::Story& story,
                   const std::vector<Interpreter>& interpreters) {
    const std::string folder = source + "/resources/scenarios/" + name;
    const std::string program = name + (expected ? "/expected" : "");
    const std::string file = private_file(name + (expected ? "-expected" : "") + ".awaitscope");
    std::string cpp_name = name;
    std::ranges::replace(cpp_name, '-', '_');
    const Places places(source, "app/scenarios/" + cpp_name + ".cpp", folder + "/twin.py");
    const bool has_events = read_file(folder + "/twin.py").find("asyncio.Event(") != std::string::npos;

    const Run cpp(file, {"scenario", program, "--headless", "-o", file}, places, has_events);
    REQUIRE_FALSE(cpp.failed);
    CHECK(cpp.steps.size() > 2);
    for (const Interpreter& interpreter : interpreters) {
        Child::Arguments record = {"record", "-o", file, "--", interpreter.path};
        if (!story.outside) record.insert(record.end(), {source + "/tests/app/virtual_clock.py", "--still"});
        record.push_back(folder + "/twin.py");
        if (expected) record.emplace_back("expected");
        INFO(program << ", the twin run by " << interpreter.path);
        const Run python(file, record, places, has_events);
        Run wanted = cpp;
        if (interpreter.minor < 9) wanted.steps = without_executors_end(wanted.steps);
        const std::string said = listed(program, interpreter.minor, false);
        if (said == "lacks") {
            INFO("twins.txt says that this CPython lacks what it needs:\n" << python.error);
            CHECK(python.failed);
            CHECK(lacks_something(python.error));
            continue;
        }
        INFO(python.error);
        CHECK_FALSE(python.failed);
        if (said == "chance") continue;
        const std::string found = difference(wanted, python, !listed(program, interpreter.minor, true).empty());
        if (said == "differs")
            CHECK_FALSE(found.empty());  // else twins.txt must not list it
        else
            CHECK(found == "");
    }
}

void check_twins(const std::string& name) {
    const ui::Story story =
        ui::Story::parse(read_file(source + "/resources/scenarios/" + name + "/story.md"), name + "/story.md");
    const auto interpreters = pythons_since(oldest);
    // Debian's own is new enough for most twins: where these are not compared, that is no success.
    if (std::ranges::none_of(interpreters,
                             [&](const Interpreter& one) { return listed(name, one.minor, false).empty(); })) {
        if (listed(name, 11, false).empty()) FAIL("no CPython is here that this is to be compared with");
        WARN("no CPython is here whose steps are ours");
    }
    check_program(name, false, story, interpreters);
    if (!story.expected.empty()) check_program(name, true, story, interpreters);
}

}  // namespace

TEST_CASE("what is said to differ between twins is said of programs that there are, once") {
    for (const Listed& one : table()) {
        INFO(one.program);
        const std::size_t slash = one.program.find('/');
        CHECK((slash == one.program.npos || one.program.substr(slash) == "/expected"));
        CHECK_NOTHROW(read_file(source + "/resources/scenarios/" + one.program.substr(0, slash) + "/twin.py"));
        CHECK(one.first <= one.last);
        CHECK(std::ranges::count_if(table(), [&](const Listed& other) {
                  return other.program == one.program && (other.how == "loose") == (one.how == "loose") &&
                         other.first <= one.last && one.first <= other.last;
              }) == 1);
    }
}

#define SCENARIO_CASE(name)           \
    TEST_CASE("the twins of " name) { \
        check_twins(name);            \
    }
#include "tests/app/scenario_cases.inc"
