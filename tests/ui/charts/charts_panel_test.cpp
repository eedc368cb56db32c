// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/charts_panel.hpp"

#include <QApplication>
#include <QClipboard>
#include <QImage>
#include <QMimeData>
#include <QRegularExpression>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/support/sample_traces.hpp"
#include "tests/support/trace_text.hpp"
#include "ui/charts/latency_view.hpp"
#include "ui/charts/trace_chart.hpp"

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

TEST_CASE("charts of queues and bytes say so where there are none, instead of an empty axis") {
    const test::TextTrace quiet(test::many_tasks(5, 5)),
        busy("0.1 queue_put object=1 size=3 maxsize=0\n0.2 mark text=end\n");
    ViewState view;
    ChartsPanel panel(view);
    panel.resize(900, 420);
    panel.setTrace(&quiet.trace);
    panel.refresh();
    QStringList words;
    for (const TraceChart* chart : panel.findChildren<TraceChart*>()) words << chart->description();
    CHECK(words.contains("No queue held an item in this time."));
    CHECK(words.contains("No bytes were read or written in this time."));
    CHECK(words.filter(QRegularExpression("[0-9]")).size() == 4);
    panel.setTrace(&busy.trace);
    panel.refresh();
    words.clear();
    for (const TraceChart* chart : panel.findChildren<TraceChart*>()) words << chart->description();
    CHECK_FALSE(words.contains("No queue held an item in this time."));
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
    QTRY_VERIFY(!panel.data().samples.empty() && panel.data().samples.front().begin >= 98'000'000);
    CHECK(panel.data().samples.front().begin <= 100'000'000);
    CHECK(panel.data().samples.back().end >= 300'000'000);
    CHECK(panel.data().samples.back().begin <= 300'000'000);
}

namespace {

struct Shown {
    Shown() {
        view.setFollowing(false);
        view.setGestureGap(0);
        panel.resize(900, 420);
        panel.setTrace(&trace.trace);
        panel.show();
        panel.refresh();
    }
    TraceChart& chart(const char* title) {
        for (TraceChart* chart : panel.charts())
            if (chart->title() == title) return *chart;
        throw std::out_of_range(title);
    }
    QPoint at(TraceChart& chart, Nanoseconds time) {
        return {static_cast<int>(std::lround(chart.xOf(time))), chart.height() / 2};
    }
    test::TextTrace trace{test::many_tasks(20, 50)};
    ViewState view;
    ChartsPanel panel{view};
};

}  // namespace

TEST_CASE("a click moves the cursor to the moment, and the arrow keys to the next value") {
    Shown it;
    TraceChart& chart = it.chart("Lag");
    const Nanoseconds middle = (it.trace->begin() + it.trace->end()) / 2;
    QTest::mouseClick(chart.viewport(), Qt::LeftButton, {}, it.at(chart, middle));
    const Nanoseconds pixel = chart.timeAt(chart.xOf(middle) + 1) - middle;
    CHECK(std::abs(it.trace->time_at(it.view.cursor()) - middle) <= 2 * pixel);
    const Nanoseconds before = it.trace->time_at(it.view.cursor());
    const Nanoseconds length = it.panel.data().samples[0].end - it.panel.data().samples[0].begin;
    for (int i = 0; i < 3; ++i) QTest::keyClick(&chart, Qt::Key_Right);
    const Nanoseconds after = it.trace->time_at(it.view.cursor());
    CHECK(after > before);
    CHECK(after <= before + 3 * length);
    for (int i = 0; i < 5; ++i) QTest::keyClick(&chart, Qt::Key_Left);
    CHECK(it.trace->time_at(it.view.cursor()) < before);
}

TEST_CASE("a drag shows that stretch everywhere, and Escape lets go of it") {
    Shown it;
    TraceChart& chart = it.chart("Tasks alive");
    const Nanoseconds length = it.trace->end() - it.trace->begin();
    const Nanoseconds from = it.trace->begin() + length / 4, to = it.trace->begin() + length / 2;
    const auto drag = [&](bool escape) {
        QTest::mousePress(chart.viewport(), Qt::LeftButton, {}, it.at(chart, to));
        QTest::mouseMove(chart.viewport(), it.at(chart, from));
        if (escape) QTest::keyClick(&chart, Qt::Key_Escape);
        QTest::mouseRelease(chart.viewport(), Qt::LeftButton, {}, it.at(chart, from));
    };
    drag(true);
    CHECK(it.view.range().length() == 0);
    const Nanoseconds pixel = chart.timeAt(chart.xOf(from) + 1) - from;
    drag(false);
    CHECK(std::abs(it.view.range().begin - from) <= 2 * pixel);
    CHECK(std::abs(it.view.range().end - to) <= 2 * pixel);
    it.view.undo();
    CHECK(it.view.range().length() == 0);
}

TEST_CASE("a chart says what it shows, and copies it as picture and table") {
    Shown it;
    it.view.setCursor(it.trace->event_count() / 2);
    TraceChart& chart = it.chart("Ready depth");
    CHECK(chart.description().startsWith("ready: at most "));
    CHECK(chart.description().contains(", at the cursor "));
    QTest::keyClick(&chart, Qt::Key_C, Qt::ControlModifier);
    const QMimeData* copied = QApplication::clipboard()->mimeData();
    CHECK(copied->hasImage());
    CHECK(copied->text().split('\n').size() == static_cast<qsizetype>(it.panel.data().samples.size()) + 1);
    CHECK(copied->text().startsWith("from, s\tto, s\tready\n"));
}

TEST_CASE("the second page has the latencies of the range, of the kind that is chosen") {
    Shown it;
    LatencyView& latencies = *it.panel.latencyView();
    it.panel.showPage(ChartsPanel::Page::latencies);
    it.panel.refresh();
    CHECK(latencies.isVisible());
    CHECK_FALSE(it.chart("Lag").isVisible());
    const auto count = [&] {
        std::uint64_t sum = 0;
        for (int i = 0; i < latencies.model().rowCount(); ++i) sum += latencies.model().row(i)->lengths.count();
        return sum;
    };
    const std::uint64_t all = count();
    CHECK(all > 100);
    const Nanoseconds length = it.trace->end() - it.trace->begin();
    it.view.setRange({it.trace->begin() + length / 4, it.trace->begin() + length / 2});
    it.panel.refresh();
    CHECK(count() < all);
    CHECK(count() > 0);
    it.view.setRange({it.trace->begin(), it.trace->end() + 1});
    latencies.setKind(LatencyKind::lives);
    it.panel.refresh();
    CHECK(count() < all);
    it.panel.showPage(ChartsPanel::Page::over_time);
    it.panel.refresh();
    CHECK(it.chart("Lag").isVisible());
}
