// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/time_scale.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace awaitscope::ui;

namespace {
constexpr Position second = 1'000'000'000;
constexpr Position day = 86'400 * second;
}  // namespace

TEST_CASE("a position has a pixel, and the pixel the position") {
    struct Data {
        Extent extent;
        Position position;
        double x;
    };
    const auto [extent, position, x] = GENERATE(table<Extent, Position, double>({
        {{0, 1000}, 0, 100},
        {{0, 1000}, 500, 350},
        {{0, 1000}, 1000, 600},
        {{0, 1000}, -200, 0},
        {{-1000, 1000}, 0, 350},
        {{day, day + 500}, day + 250, 350},
    }));
    const TimeScale scale(extent, 100, 500);
    CHECK(scale.x(position) == Approx(x));
    CHECK(scale.at(x) == position);
}

TEST_CASE("a nanosecond stays a nanosecond after a year of recording") {
    const Position year = 365 * day;
    const TimeScale scale({year, year + 20}, 0, 1000);
    for (Position ns = 0; ns < 20; ++ns) CHECK(scale.at(scale.x(year + ns)) == year + ns);
}

TEST_CASE("degenerate scales still answer") {
    SECTION("an empty extent is one unit long") {
        const TimeScale scale({7, 7}, 0, 100);
        CHECK(scale.x(7) == Approx(0));
        CHECK(scale.x(8) == Approx(100));
    }
    SECTION("an inverted extent as well") {
        const TimeScale scale({7, 3}, 0, 100);
        CHECK(scale.extent() == Extent{7, 8});
    }
    SECTION("no width is one pixel") {
        const TimeScale scale({0, 10}, 0, 0);
        CHECK(scale.width() == Approx(1));
        CHECK(scale.at(0.5) == 5);
    }
    SECTION("far outside nothing overflows") {
        const TimeScale scale({0, std::numeric_limits<Position>::max() / 4}, 0, 1);
        CHECK(scale.at(1e9) > 0);
        CHECK(scale.at(-1e9) < 0);
    }
}

TEST_CASE("zooming keeps what lies under the pointer") {
    const Extent limits{0, 100 * second};
    const double factor = GENERATE(1.1, 1.5, 2.0, 10.0, 0.9, 0.5);
    const double x = GENERATE(10.0, 300.0, 500.0, 990.0);
    const TimeScale before({40 * second, 60 * second}, 0, 1000);
    const Extent zoomed_to = zoomed(before, factor, x, limits, 20);
    const TimeScale after(zoomed_to, 0, 1000);
    CHECK(after.x(before.at(x)) == Approx(x).margin(0.01));
    CHECK(static_cast<double>(zoomed_to.length()) == Approx(20.0 * second / factor).epsilon(1e-6));
}

TEST_CASE("zoom ends at the limits and at the shortest extent") {
    const Extent limits{0, 1000};
    const TimeScale scale({200, 400}, 0, 100);
    CHECK(zoomed(scale, 0.001, 50, limits, 20) == limits);
    CHECK(zoomed(scale, 1e12, 50, limits, 20).length() == 20);
    CHECK(zoomed(scale, 0.5, 0, limits, 20) == Extent{200, 600});
    CHECK(zoomed(scale, 0.25, 0, limits, 20) == Extent{200, 1000});
    CHECK(zoomed(scale, 0.25, 100, limits, 20) == Extent{0, 800});  // what would reach before the limits is pushed in
}

TEST_CASE("a zoom factor that is none changes nothing") {
    const TimeScale scale({200, 400}, 0, 100);
    const double factor = GENERATE(0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity());
    CHECK(zoomed(scale, factor, 50, {0, 1000}, 20) == Extent{200, 400});
}

TEST_CASE("panning moves by pixels and stops at the limits") {
    const Extent limits{0, 1000};
    const TimeScale scale({200, 400}, 0, 100);  // a pixel is two units
    const auto [pixels, extent] = GENERATE(table<double, Extent>({
        {10, {180, 380}},
        {-10, {220, 420}},
        {0, {200, 400}},
        {1000, {0, 200}},
        {-1000, {800, 1000}},
    }));
    CHECK(panned(scale, pixels, limits, 20) == extent);
}

TEST_CASE("an extent is moved into its limits before it is shortened") {
    CHECK(clamped({-50, 50}, {0, 1000}, 10) == Extent{0, 100});
    CHECK(clamped({950, 1050}, {0, 1000}, 10) == Extent{900, 1000});
    CHECK(clamped({-50, 2000}, {0, 1000}, 10) == Extent{0, 1000});
    CHECK(clamped({500, 500}, {0, 1000}, 10) == Extent{500, 510});
    CHECK(clamped({3, 4}, {0, 0}, 10) == Extent{0, 10});
}

TEST_CASE("fitting leaves air, and never an empty extent") {
    CHECK(fitted({0, 1000}, 20) == Extent{-20, 1040});
    CHECK(fitted({5, 5}, 20).length() > 20);
    CHECK(fitted({5, 5}, 20).begin < 5);
}
