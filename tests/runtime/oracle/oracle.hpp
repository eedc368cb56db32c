// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/loop_log.hpp"

/// CPython's own order of things. The same small programs were run under CPython on a loop with a virtual clock that
/// noted the iteration and the time of every line they log (expected.json, expected_runner.json); here they run on our
/// loop, and every line must come in the same turn at the same time.
namespace awaitscope::test::oracle {

struct Expected {
    std::vector<LoopLog::Line> lines;
    std::string error;  ///< Python's repr of what the program raised; empty: nothing
};

/// By scenario. `file` stands in this folder.
const std::map<std::string, Expected>& expected(const std::string& file);

/// The scenarios that are written down as not run here, each with its reason (skipped.txt).
std::map<std::string, std::string> skipped();

/// The scenarios that are programs here, by name.
std::map<std::string, LoggedProgram>& programs();
struct Registration {
    /// Without a program: its test runs it in a way of its own.
    explicit Registration(const char* name, LoggedProgram program = {}) {
        programs().emplace(name, std::move(program));
    }
};

/// Runs the program and compares what it logs with what CPython logged.
void compare(const std::string& scenario, const LoggedProgram& program);

/// Python's repr of an exception: "ValueError('x')".
std::string repr(const std::exception_ptr& exception);

}  // namespace awaitscope::test::oracle

/// A scenario and its test: ORACLE_SCENARIO(name) { ... co_return; } with `log` at hand.
#define ORACLE_SCENARIO(name)                                                                \
    static asyncio::Coroutine<> name(awaitscope::test::LoopLog& log);                        \
    static const awaitscope::test::oracle::Registration registration_of_##name(#name, name); \
    TEST_CASE("As CPython: " #name) {                                                        \
        awaitscope::test::oracle::compare(#name, name);                                      \
    }                                                                                        \
    static asyncio::Coroutine<> name([[maybe_unused]] awaitscope::test::LoopLog& log)
