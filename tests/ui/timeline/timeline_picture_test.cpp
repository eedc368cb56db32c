// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_picture.hpp"

#include <QImage>
#include <catch2/catch.hpp>
#include <set>

#include "tests/support/sample_traces.hpp"
#include "tests/support/trace_text.hpp"
#include "ui/timeline/timeline_view.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

QImage painted(const Trace& trace, const TimelinePicture& picture) {
    QImage image(picture.size, QImage::Format_RGB32);
    QPainter painter(&image);
    renderTo(&painter, trace, picture);
    painter.end();
    return image;
}

std::set<QRgb> colors(const QImage& image) {
    std::set<QRgb> seen;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) seen.insert(image.pixel(x, y));
    return seen;
}

}  // namespace

TEST_CASE("a picture without a window holds the colours of what happened") {
    const test::TextTrace trace(test::all_kinds());
    TimelinePicture picture;
    picture.style = GENERATE(TimelineStyle::dark(), TimelineStyle::light());
    picture.vector = GENERATE(false, true);
    const auto seen = colors(painted(trace.trace, picture));
    CHECK(seen.contains(picture.style.running.rgb()));
    CHECK(seen.contains(picture.style.ready.rgb()));
    CHECK(seen.contains(picture.style.wait_ground.rgb()));
    for (const WaitClass wait : {WaitClass::sleep, WaitClass::gather, WaitClass::lock, WaitClass::queue, WaitClass::io})
        CHECK(seen.contains(picture.style.waitColor(wait).rgb()));
}

TEST_CASE("a picture of a part shows that part") {
    const test::TextTrace trace(test::all_kinds());
    TimelinePicture whole, part;
    part.from = 10'000'000;
    part.to = 20'000'000;
    CHECK(painted(trace.trace, whole) != painted(trace.trace, part));
    // Only the first of the tasks runs in this time, for all of it: two edges of running at most on any line.
    const QImage image = painted(trace.trace, part);
    int runs = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 300; x < image.width() - 2; ++x)
            if (image.pixel(x, y) == part.style.running.rgb() && image.pixel(x + 1, y) == part.style.running.rgb())
                ++runs;
    CHECK(runs > 0);
}

TEST_CASE("a picture without a cursor has no future") {
    const test::TextTrace trace(test::gather_factorial());
    TimelinePicture without, with;
    with.cursor = 20;
    CHECK_FALSE(colors(painted(trace.trace, without)).contains(without.style.cursor.rgb()));
    CHECK(colors(painted(trace.trace, with)).contains(with.style.cursor.rgb()));
}

TEST_CASE("a picture of nothing says so") {
    const test::TextTrace trace("");
    TimelinePicture picture;
    const int legend = 40;
    const auto seen =
        colors(painted(trace.trace, picture).copy(0, legend, picture.size.width(), picture.size.height() - legend));
    CHECK(seen.size() > 2);  // the words
    CHECK_FALSE(seen.contains(picture.style.running.rgb()));
}

TEST_CASE("no two kinds of waiting share their colour and their pattern") {
    const TimelineStyle style = GENERATE(TimelineStyle::dark(), TimelineStyle::light());
    std::set<QRgb> colors;
    std::set<WaitPattern> patterns;
    for (std::size_t i = 0; i < wait_class_count; ++i) {
        colors.insert(style.wait[i].rgb());
        patterns.insert(waitPattern(static_cast<WaitClass>(i)));
    }
    CHECK(colors.size() == wait_class_count);
    CHECK(patterns.size() == wait_class_count);
}

TEST_CASE("text stands out from its ground") {
    const auto luminance = [](const QColor& color) {
        const auto part = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
        return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
    };
    const auto contrast = [&](const QColor& a, const QColor& b) {
        const double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
        return x > y ? x / y : y / x;
    };
    const TimelineStyle style = GENERATE(TimelineStyle::dark(), TimelineStyle::light());
    for (const QColor& ground : {style.background, style.raised, style.selected_row, style.hovered_row}) {
        CHECK(contrast(style.text, ground) >= 7);
        CHECK(contrast(style.text_dim, ground) >= 4.5);
    }
    CHECK(contrast(style.text_faint, style.background) >= 3);
    CHECK(contrast(style.running, style.background) >= 3);
    CHECK(contrast(style.glyph, style.finished) >= 3);
    CHECK(contrast(style.glyph, style.failed) >= 3);
}

TEST_CASE("no pattern leaves its rectangle, for SVG knows no clipping") {
    const WaitPattern pattern = GENERATE(WaitPattern::rising, WaitPattern::falling, WaitPattern::dots,
                                         WaitPattern::level, WaitPattern::upright, WaitPattern::crossed);
    const QRect rect = GENERATE(QRect(40, 30, 61, 18), QRect(43, 37, 9, 12), QRect(40, 30, 200, 22));
    QImage image(300, 100, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setPen(QPen(Qt::black, 1, Qt::SolidLine, Qt::FlatCap));
    paintPatternLines(painter, rect, pattern);
    painter.end();
    int inside = 0, outside = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y) != Qt::white) (rect.adjusted(-1, -1, 1, 1).contains(x, y) ? inside : outside)++;
    CHECK(inside > 0);
    CHECK(outside == 0);
}
