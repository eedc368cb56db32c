// SPDX-License-Identifier: GPL-3.0-or-later
// What PixelFill writes is what QPainter would have painted, pixel by pixel.
#include "ui/timeline/pixel_fill.hpp"

#include <QPainter>
#include <catch2/catch.hpp>
#include <random>

using namespace awaitscope::ui;

namespace {

constexpr int width = 97, height = 61;

QImage ground(double ratio = 1) {
    QImage image(QSize(width, height), QImage::Format_RGB32);
    image.fill(QColor(20, 30, 40));
    image.setDevicePixelRatio(ratio);
    return image;
}

/// Rectangles of whole and broken coordinates, some of them outside, some empty.
std::vector<QRectF> rectangles() {
    std::mt19937_64 random(23);
    std::vector<QRectF> rects;
    for (int i = 0; i < 200; ++i) {
        const auto number = [&](int from, int to) {
            const auto steps = static_cast<unsigned>(4 * (to - from));
            return from + static_cast<double>(random() % steps) / 4;
        };
        rects.emplace_back(number(-20, width), number(-20, height), number(0, 30), number(0, 20));
    }
    return rects;
}

/// Both ways on grounds alike, set up alike.
template <class SetUp>
void compare(double ratio, SetUp&& set_up, const QColor& color = QColor(200, 100, 50)) {
    QImage painted = ground(ratio), written = ground(ratio);
    {
        QPainter painter(&painted);
        set_up(painter);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        const auto rects = rectangles();
        painter.drawRects(rects.data(), static_cast<int>(rects.size()));
    }
    {
        QPainter painter(&written);
        set_up(painter);
        const auto pixels = PixelFill::on(painter);
        REQUIRE(pixels);
        pixels->fill(rectangles(), color);
    }
    CHECK(written != ground(ratio));
    CHECK(written == painted);
}

}  // namespace

TEST_CASE("rectangles are written where a painter paints them") {
    compare(1, [](QPainter&) {});
}

TEST_CASE("rectangles of a colour one sees through are blended as a painter blends them") {
    compare(
        1, [](QPainter&) {}, QColor(200, 100, 50, 30));
    compare(
        1, [](QPainter& painter) { painter.setClipRect(QRect(13, 7, 40, 30)); }, QColor(0, 0, 0, 200));
}

TEST_CASE("rectangles keep to the painter's clip") {
    compare(1, [](QPainter& painter) { painter.setClipRect(QRect(13, 7, 40, 30)); });
}

TEST_CASE("rectangles follow a shift of the painter") {
    compare(1, [](QPainter& painter) { painter.translate(11, -5); });
}

TEST_CASE("rectangles are as large as the screen's pixels ask") {
    compare(2, [](QPainter& painter) { painter.setClipRect(QRect(3, 2, 30, 20)); });
}

TEST_CASE("a tile repeats as a brush of it does") {
    QImage tile(8, 8, QImage::Format_ARGB32_Premultiplied);
    tile.fill(Qt::transparent);
    {
        QPainter painter(&tile);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(QColor(250, 240, 10), 1.7));
        painter.drawLine(0, 8, 8, 0);
    }
    const std::vector<QRectF> rects = {{3, 5, 40, 18}, {50, 20, 30, 12}, {-6, 40, 30, 40}};
    QImage painted = ground(), written = ground();
    {
        QPainter painter(&painted);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(tile));
        for (const QRectF& rect : rects) {
            painter.setBrushOrigin(QPointF(0, rect.top()));
            painter.drawRect(rect);
        }
    }
    {
        QPainter painter(&written);
        PixelFill::on(painter)->tile(rects, tile);
    }
    int differing = 0, most = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const QColor a = painted.pixelColor(x, y), b = written.pixelColor(x, y);
            const int difference =
                std::max({std::abs(a.red() - b.red()), std::abs(a.green() - b.green()), std::abs(a.blue() - b.blue())});
            differing += difference > 0;
            most = std::max(most, difference);
        }
    CHECK(written != ground());
    CHECK(most <= 2);  // rounding of the blend
}

TEST_CASE("a tile without an alpha channel is copied") {
    QImage tile(24, 8, QImage::Format_RGB32);
    for (int y = 0; y < tile.height(); ++y)
        for (int x = 0; x < tile.width(); ++x) tile.setPixelColor(x, y, QColor(8 * (x % 8), 20 * y, 77));
    QImage image = ground();
    {
        QPainter painter(&image);
        painter.setClipRect(QRect(4, 6, 70, 40));
        PixelFill::on(painter)->tile({{2, 5, 60, 30}}, tile);
    }
    int wrong = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const bool inside = QRect(2, 5, 60, 30).intersected(QRect(4, 6, 70, 40)).contains(x, y);
            wrong += image.pixel(x, y) != (inside ? tile.pixel(x % 8, (y - 5) % 8) : ground().pixel(x, y));
        }
    CHECK(wrong == 0);
}

TEST_CASE("a mask lays a colour as thick as it says, within the clip") {
    QImage alpha(10, 4, QImage::Format_Alpha8);
    alpha.fill(255);
    for (int y = 0; y < 4; ++y) alpha.scanLine(y)[0] = 0, alpha.scanLine(y)[1] = 128;
    QImage image = ground();
    {
        QPainter painter(&image);
        painter.setClipRect(QRect(0, 0, 15, height));
        PixelFill::on(painter)->mask(QPointF(7, 3), alpha, QColor(220, 230, 240));
    }
    CHECK(image.pixelColor(7, 3) == QColor(20, 30, 40));
    CHECK(std::abs(image.pixelColor(8, 3).red() - 120) <= 1);
    CHECK(image.pixelColor(9, 6) == QColor(220, 230, 240));
    CHECK(image.pixelColor(14, 6) == QColor(220, 230, 240));
    CHECK(image.pixelColor(15, 6) == QColor(20, 30, 40));
    CHECK(image.pixelColor(9, 7) == QColor(20, 30, 40));
}

TEST_CASE("what cannot be written into directly is left to the painter") {
    {
        QImage turned = ground();
        QPainter painter(&turned);
        painter.rotate(10);
        CHECK_FALSE(PixelFill::on(painter));
    }
    {
        QImage holed = ground();
        QPainter painter(&holed);
        painter.setClipRegion(QRegion(0, 0, 10, 10).united(QRect(20, 20, 10, 10)));
        CHECK_FALSE(PixelFill::on(painter));
    }
    {
        QImage grey(10, 10, QImage::Format_Grayscale8);
        QPainter painter(&grey);
        CHECK_FALSE(PixelFill::on(painter));
    }
    {
        QImage faint = ground();
        QPainter painter(&faint);
        painter.setOpacity(0.5);
        CHECK_FALSE(PixelFill::on(painter));
    }
}
