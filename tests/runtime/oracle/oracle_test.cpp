// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/runtime/oracle/oracle.hpp"

#include <catch2/catch.hpp>

using namespace awaitscope::test::oracle;

TEST_CASE("Every scenario that CPython was asked is run here, or left out for a reason") {
    const auto reasons = skipped();
    for (const auto& [scenario, unused] : expected("expected.json")) {
        INFO(scenario);
        const bool is_run = programs().contains(scenario);
        CHECK(is_run != reasons.contains(scenario));
    }
    for (const auto& [scenario, reason] : reasons) {
        INFO(scenario);
        CHECK(expected("expected.json").contains(scenario));
        CHECK(!reason.empty());
    }
}

TEST_CASE("A scenario without an expectation of CPython's does not exist") {
    for (const auto& [scenario, program] : programs()) {
        INFO(scenario);
        CHECK(expected("expected.json").contains(scenario));
    }
}
