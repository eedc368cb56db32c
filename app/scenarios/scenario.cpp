// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/scenarios/scenario.hpp"

#include <algorithm>
#include <awaitscope/probe.hpp>
#include <cstdio>

namespace awaitscope::scenarios {
namespace {

std::vector<Scenario>& registered() {
    static std::vector<Scenario> scenarios;
    return scenarios;
}

}  // namespace

Registration::Registration(std::string_view name, asyncio::Coroutine<> (*main)()) {
    auto& scenarios = registered();
    scenarios.insert(std::ranges::lower_bound(scenarios, name, {}, &Scenario::name), Scenario{name, main});
}

const std::vector<Scenario>& all() {
    return registered();
}

const Scenario* find(std::string_view name) {
    const auto found = std::ranges::find(all(), name, &Scenario::name);
    return found == all().end() ? nullptr : &*found;
}

void print_line(const std::string& line) {
    awaitscope::output(line);
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

}  // namespace awaitscope::scenarios
