// SPDX-License-Identifier: GPL-3.0-or-later
// The scenarios' own scenario.cpp, but for what printing does.
#include <algorithm>

#include "app/scenarios/scenario.hpp"
#include "tests/app/exact/observation.hpp"

namespace awaitscope::scenarios {
namespace {

std::vector<Scenario>& registered() {
    static std::vector<Scenario> scenarios;
    return scenarios;
}

}  // namespace

Registration::Registration(std::string_view name, asyncio::Coroutine<> (*main)()) {
    registered().push_back({name, [main](const asyncio::RunOptions& options) { asyncio::run(main(), options); }});
}

/// Those that insist on a clock mean real time: they would only make the test slow.
Registration::Registration(std::string_view, asyncio::Coroutine<> (*)(), asyncio::Clock) {}

Registration::Registration(std::string_view name, void (*program)(const asyncio::RunOptions&)) {
    registered().push_back({name, program});
}

const std::vector<Scenario>& all() {
    return registered();
}

void print_line(const std::string&) {
    test::observe();
}

}  // namespace awaitscope::scenarios
