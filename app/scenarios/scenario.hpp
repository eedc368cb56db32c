// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <asyncio/asyncio.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// What a teaching program needs beside the runtime: a way to print, and to be found.
namespace awaitscope::scenarios {

/// A teaching program. Its main coroutine takes nothing and gives nothing.
struct Scenario {
    std::string_view name;
    asyncio::Coroutine<> (*main)();
};

/// Every scenario of the program, by name.
const std::vector<Scenario>& all();

/// The one of this name, or nullptr.
const Scenario* find(std::string_view name);

/// A global of this type makes the program's scenario known: no list elsewhere names it.
struct Registration {
    Registration(std::string_view name, asyncio::Coroutine<> (*main)());
};

/// A line to stdout, and to whoever watches.
void print_line(const std::string& line);

/// Python's print() with sep="".
template <class... Parts>
void print(const Parts&... parts) {
    std::ostringstream line;
    (line << ... << parts);
    print_line(line.str());
}

}  // namespace awaitscope::scenarios
