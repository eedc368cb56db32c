// SPDX-License-Identifier: GPL-3.0-or-later
// What counts as the same picture, and what does not.
#include "tests/ui/pictures/approved_picture.hpp"

#include <QPainter>
#include <catch2/catch.hpp>

#include "ui/window/theme.hpp"

using namespace awaitscope::test;
using awaitscope::ui::Theme;

namespace {

struct Sketch {
    double shift = 0;                                    ///< of the words, in pixels
    QString word = QStringLiteral("Task-7 is waiting");  ///< the line that may be another
    QColor bar = QColor(36, 99, 235);
    int bar_left = 40;
};

/// A table's rows, as panels have them.
QImage drawn(const Sketch& sketch) {
    QImage image(400, 200, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(Theme::textFont());
    painter.setPen(QColor(20, 26, 34));
    for (int row = 0; row < 6; ++row)
        painter.drawText(QPointF(12 + sketch.shift, 24 + row * 28),
                         row == 3 ? sketch.word : QStringLiteral("Task-%1 sleeps for 12.3 ms").arg(row));
    painter.fillRect(QRect(sketch.bar_left, 180, 60, 8), sketch.bar);
    return image;
}

double share(const Sketch& sketch) {
    return pictureDifference(drawn({}), drawn(sketch)).value().share;
}

}  // namespace

TEST_CASE("the same picture does not differ") {
    CHECK(share({}) == 0);
}

TEST_CASE("words a part of a pixel to the side are the same picture") {
    CHECK(share({.shift = 0.25}) <= picture_tolerance);
    CHECK(share({.shift = -0.4}) <= picture_tolerance);
}

TEST_CASE("another word, another colour, and what has moved are another picture") {
    CHECK(share({.word = "Task-7 is ready"}) > picture_tolerance);
    CHECK(share({.word = ""}) > picture_tolerance);
    CHECK(share({.bar = QColor(230, 160, 20)}) > picture_tolerance);
    CHECK(share({.bar_left = 46}) > picture_tolerance);
    CHECK(share({.shift = 4}) > picture_tolerance);
}

TEST_CASE("pictures of other sizes are not compared") {
    CHECK_FALSE(pictureDifference(drawn({}), drawn({}).copy(0, 0, 399, 200)));
    CHECK_FALSE(pictureDifference(QImage(), QImage()));
}

TEST_CASE("where they differ is red") {
    const auto difference = pictureDifference(drawn({}), drawn({.bar = Qt::red})).value();
    CHECK(difference.where.pixelColor(60, 184) == QColor(220, 0, 0));
    CHECK(difference.where.pixelColor(300, 20) != QColor(220, 0, 0));
}
