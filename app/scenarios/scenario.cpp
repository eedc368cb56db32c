// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/scenarios/scenario.hpp"

#include <algorithm>
#include <atomic>
#include <awaitscope/probe.hpp>
#include <cerrno>
#include <cstdio>
#include <utility>

namespace awaitscope::scenarios {
namespace {

std::vector<Scenario>& registered() {
    static std::vector<Scenario> scenarios;
    return scenarios;
}

void add(Scenario scenario) {
    auto& scenarios = registered();
    scenarios.insert(std::ranges::lower_bound(scenarios, scenario.name, {}, &Scenario::name), std::move(scenario));
}

std::atomic<int> first_print_error = 0;

}  // namespace

Registration::Registration(std::string_view name, asyncio::Coroutine<> (*main)()) {
    add({name, [main](const asyncio::RunOptions& options) { asyncio::run(main(), options); }});
}

Registration::Registration(std::string_view name, asyncio::Coroutine<> (*main)(), asyncio::Clock clock) {
    add({name, [main, clock](asyncio::RunOptions options) {
             options.clock = clock;
             asyncio::run(main(), options);
         }});
}

Registration::Registration(std::string_view name, void (*program)(const asyncio::RunOptions&)) {
    add({name, program});
}

const std::vector<Scenario>& all() {
    return registered();
}

const Scenario* find(std::string_view name) {
    const auto found = std::ranges::find(all(), name, &Scenario::name);
    return found == all().end() ? nullptr : &*found;
}

void print_line(const std::string& line, const std::source_location& where) {
    awaitscope::output(line, where);
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
    int none = 0;
    if (std::fflush(stdout) != 0) first_print_error.compare_exchange_strong(none, errno);
}

int print_error() {
    return first_print_error;
}

}  // namespace awaitscope::scenarios
