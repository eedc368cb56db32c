// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <asyncio/asyncio.hpp>
#include <functional>
#include <source_location>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// What a teaching program needs beside the runtime: a way to print, and to be found.
namespace awaitscope::scenarios {

/// A teaching program.
struct Scenario {
    std::string_view name;
    std::function<void(const asyncio::RunOptions&)> run;  ///< runs it to its end, in the calling thread
};

/// Every scenario of the program, by name.
const std::vector<Scenario>& all();

/// The one of this name, or nullptr.
const Scenario* find(std::string_view name);

/// A global of this type makes the program's scenario known: no list elsewhere names it.
struct Registration {
    /// The usual one: a main coroutine, which asyncio::run() runs.
    Registration(std::string_view name, asyncio::Coroutine<> (*main)());
    /// One that means nothing but by this clock, such as one that blocks its thread.
    Registration(std::string_view name, asyncio::Coroutine<> (*main)(), asyncio::Clock clock);
    /// One that makes its loops itself, each with these options.
    Registration(std::string_view name, void (*program)(const asyncio::RunOptions&));
};

/// A line to stdout, and to whoever watches.
void print_line(const std::string& line, const std::source_location& where);
/// Why the first line that did not get to stdout did not: an errno; 0 when all did. Any thread.
int print_error();

/// The first thing to print; it knows which line prints.
struct Printed {
    template <class First>
    Printed(const First& first, std::source_location at = std::source_location::current()) : where(at) {
        line << first;
    }
    std::ostringstream line;
    std::source_location where;
};

/// Python's print() with sep="".
template <class... Parts>
void print(Printed first, const Parts&... parts) {
    static_cast<void>((first.line << ... << parts));
    print_line(first.line.str(), first.where);
}

}  // namespace awaitscope::scenarios
