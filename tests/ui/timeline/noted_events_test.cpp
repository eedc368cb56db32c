// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/ui/timeline/shown_timeline.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("events that somebody should look at are pointed at where they are, in the tracks and in the overview") {
    Shown shown(family);
    CHECK(shown.frame().noted.empty());
    const QImage before = shown.paint();
    shown.timeline.setNoted({{8, 2}, {10, 1}});
    const QImage after = shown.paint();
    REQUIRE(shown.frame().noted.size() == 2);
    CHECK(shown.frame().noted[0].x == Approx(shown.x(300 * ms)));
    CHECK(shown.frame().noted[0].gravity == 2);
    CHECK(shown.frame().noted[1].x == Approx(shown.x(500 * ms)));
    CHECK(shown.frame().overview_noted.size() == 2);
    CHECK(before != after);
    shown.timeline.setNoted({});
    CHECK(shown.paint() == before);
}

TEST_CASE("of those too near to be told apart the gravest stands for all, those out of sight are in the overview") {
    Shown shown(family);
    std::vector<NotedEvent> noted(5, NotedEvent{9, 0});
    noted[3].gravity = 2;
    noted.push_back({13, 1});
    shown.timeline.setNoted(noted);
    shown.view.setRange({200 * ms, 400 * ms});
    shown.paint();
    REQUIRE(shown.frame().noted.size() == 1);
    CHECK(shown.frame().noted[0].gravity == 2);
    CHECK(shown.frame().overview_noted.size() == 2);
}

TEST_CASE("an event that is not in the trace is not pointed at") {
    Shown shown(family);
    shown.timeline.setNoted({{1000, 2}});
    shown.paint();
    CHECK(shown.frame().noted.empty());
}
