// SPDX-License-Identifier: GPL-3.0-or-later
// The scenarios' own scenario.cpp, but for what printing does.
#include "tests/app/exact/observed_scenario.hpp"

#include "tests/app/exact/observation.hpp"

namespace awaitscope::scenarios {
namespace {

std::vector<Scenario>& registered() {
    static std::vector<Scenario> scenarios;
    return scenarios;
}

std::vector<Scenario>& registered_real() {
    static std::vector<Scenario> scenarios;
    return scenarios;
}

}  // namespace

Registration::Registration(std::string_view name, asyncio::Coroutine<> (*main)()) {
    registered().push_back({name, [main](const asyncio::RunOptions& options) { asyncio::run(main(), options); }});
}

Registration::Registration(std::string_view name, asyncio::Coroutine<> (*main)(), asyncio::Clock clock) {
    registered_real().push_back({name, [main, clock](asyncio::RunOptions options) {
                                     options.clock = clock;
                                     asyncio::run(main(), options);
                                 }});
}

Registration::Registration(std::string_view name, void (*program)(const asyncio::RunOptions&)) {
    registered().push_back({name, program});
}

const std::vector<Scenario>& all() {
    return registered();
}

const std::vector<Scenario>& in_real_time() {
    return registered_real();
}

void print_line(const std::string&, const std::source_location&) {
    test::observe();
}

}  // namespace awaitscope::scenarios
