// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/charts_panel.hpp"

#include <QImage>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/support/sample_traces.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

int count(const QImage& image, const QColor& color) {
    int found = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) found += image.pixelColor(x, y) == color;
    return found;
}

}  // namespace

TEST_CASE("without events the panel says what would fill it") {
    ViewState view;
    ChartsPanel panel(view);
    panel.resize(600, 300);
    panel.refresh();
    CHECK(panel.isEmpty());
    const test::TextTrace trace(test::echo_traffic(3, 10));
    panel.setTrace(&trace.trace);
    panel.refresh();
    CHECK_FALSE(panel.isEmpty());
    panel.setTrace(nullptr);
    panel.refresh();
    CHECK(panel.isEmpty());
}

TEST_CASE("the charts show the curves' colours and the cursor") {
    const test::TextTrace trace(test::echo_traffic(3, 10));
    ViewState view;
    view.setFollowing(false);
    view.setCursor(trace->event_count() / 2);
    const TimelineStyle style = GENERATE(TimelineStyle::dark(), TimelineStyle::light());
    ChartsPanel panel(view);
    panel.setTimelineStyle(style);
    panel.resize(900, 420);
    panel.setTrace(&trace.trace);
    panel.refresh();
    const QImage image = panel.grab().toImage();
    CHECK(count(image, style.background) > image.width() * image.height() / 4);
    CHECK(count(image, style.ready) > 50);
    CHECK(count(image, style.running) > 50);
    CHECK(count(image, style.cursor) > 100);
}

TEST_CASE("the charts follow the range of all views") {
    const test::TextTrace trace(test::many_tasks(20, 50));
    ViewState view;
    view.setFollowing(false);
    ChartsPanel panel(view);
    panel.resize(900, 420);
    panel.setTrace(&trace.trace);
    panel.show();
    view.setRange({100'000'000, 300'000'000});
    // A change is drawn with the next frame, not within the call.
    QTRY_VERIFY(!panel.samples().empty() && panel.samples().front().begin >= 98'000'000);
    CHECK(panel.samples().front().begin <= 100'000'000);
    CHECK(panel.samples().back().end >= 300'000'000);
    CHECK(panel.samples().back().begin <= 300'000'000);
}
