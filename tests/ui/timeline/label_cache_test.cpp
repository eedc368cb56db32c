// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/label_cache.hpp"

#include <catch2/catch.hpp>

#include "ui/timeline/timeline_style.hpp"

using namespace awaitscope::ui;

namespace {

QImage ground(double ratio) {
    QImage image(QSize(160, 24) * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    return image;
}

/// A word as a cache draws it that has drawn all of `before`.
QImage drawn(const QString& word, double width, const std::vector<QString>& before = {}, double ratio = 1,
             Qt::TextElideMode elide = Qt::ElideRight) {
    LabelCache cache(TimelineStyle::light().font);
    for (const QString& other : before) {
        QImage elsewhere = ground(ratio);
        QPainter painter(&elsewhere);
        cache.draw(painter, other, 3, 9, width);
    }
    QImage image = ground(ratio);
    QPainter painter(&image);
    painter.setPen(Qt::black);
    cache.draw(painter, word, 10, 12, width, elide);
    return image;
}

/// How much ink there is in all.
double ink(const QImage& image) {
    double sum = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) sum += 255 - qGray(image.pixel(x, y));
    return sum / 255 / image.devicePixelRatio() / image.devicePixelRatio();
}

}  // namespace

TEST_CASE("a word looks the same when it was drawn before") {
    const double ratio = GENERATE(1.0, 2.0);
    CHECK(drawn("worker-17", 100, {"worker-17"}, ratio) == drawn("worker-17", 100, {}, ratio));
    CHECK(drawn("worker-17", 40, {"worker-18", "worker-17"}, ratio) == drawn("worker-17", 40, {}, ratio));
    CHECK(drawn("worker-17", 100) != drawn("worker-18", 100));
}

TEST_CASE("a word that does not fit is cut, and nothing of it leaves its room") {
    const QImage cut = drawn("a rather long name of a task", 60);
    CHECK(cut != drawn("a rather long name of a task", 150));
    for (int y = 0; y < cut.height(); ++y)
        for (int x = 72; x < cut.width(); ++x) REQUIRE(cut.pixelColor(x, y) == Qt::white);
    CHECK(drawn("name", 2) == ground(1));
}

TEST_CASE("names cut in their middle stay apart by their numbers, beside the same ones cut at the end") {
    const auto cut = [](const QString& word, Qt::TextElideMode elide) { return drawn(word, 80, {}, 1, elide); };
    CHECK(cut("customer-99998", Qt::ElideRight) == cut("customer-99999", Qt::ElideRight));
    CHECK(cut("customer-99998", Qt::ElideMiddle) != cut("customer-99999", Qt::ElideMiddle));
    CHECK(drawn("customer-99999", 80, {"customer-99999"}, 1, Qt::ElideMiddle) ==
          cut("customer-99999", Qt::ElideMiddle));
}

TEST_CASE("a cached word has the weight of one that a painter draws") {
    QImage painted = ground(1);
    {
        QPainter painter(&painted);
        painter.setPen(Qt::black);
        painter.setFont(TimelineStyle::light().font);
        painter.drawText(10, 16, "worker-17");
    }
    const double weight = ink(painted);
    REQUIRE(weight > 20);
    CHECK(ink(drawn("worker-17", 150)) == Approx(weight).epsilon(0.25));
}

TEST_CASE("a cache serves screens of several densities, one after the other") {
    LabelCache cache(TimelineStyle::light().font);
    for (const double ratio : {1.0, 2.0, 1.0}) {
        QImage image = ground(ratio);
        QPainter painter(&image);
        painter.setPen(Qt::black);
        cache.draw(painter, "task", 10, 12, 100);
        painter.end();
        CHECK(image == drawn("task", 100, {}, ratio));
    }
}
