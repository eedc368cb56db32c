// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pictures/approved_picture.hpp"

#include <QDir>
#include <QFile>
#include <QFontMetricsF>
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <unordered_map>
#include <vector>

#include "ui/window/theme.hpp"

namespace awaitscope::test {
namespace {

constexpr int blur_radius = 3;  ///< of a square, in pixels
/// Of 255, in one of the three colours, after the blur. Text that is drawn by another version of the rasteriser stays
/// below it; a missing letter does not.
constexpr int difference_least = 20;

const QString approved_folder = QStringLiteral(AWAITSCOPE_APPROVED_PICTURES);
const QString refused_folder = QStringLiteral(AWAITSCOPE_REFUSED_PICTURES);

using Plane = std::vector<int>;

/// The mean of each pixel's square, times its number of pixels: one direction after the other.
Plane blurred(const QImage& image, int shift) {
    const int width = image.width(), height = image.height();
    const auto at = [width](int x, int y) { return static_cast<std::size_t>(y) * width + x; };
    Plane across(static_cast<std::size_t>(width) * height), both(across.size());
    for (int y = 0; y < height; ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < width; ++x)
            for (int d = -blur_radius; d <= blur_radius; ++d)
                across[at(x, y)] += static_cast<int>(line[std::clamp(x + d, 0, width - 1)] >> shift & 0xff);
    }
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int d = -blur_radius; d <= blur_radius; ++d)
                both[at(x, y)] += across[at(x, std::clamp(y + d, 0, height - 1))];
    return both;
}

/// The fonts that the pictures' words are set in, as their measures tell them.
QString fontsHere() {
    const QString sample = QStringLiteral("Task-1 waits for a lock, 12.3 ms");
    const auto measure = [&](const QFont& font) {
        const QFontMetricsF metrics(font);
        return QStringLiteral("%1 %2x%3")
            .arg(font.family())
            .arg(metrics.horizontalAdvance(sample), 0, 'f', 0)
            .arg(metrics.height(), 0, 'f', 0);
    };
    return measure(ui::Theme::textFont()) + '\n' + measure(ui::Theme::monoFont()) + '\n';
}

QString fontsApproved() {
    QFile file(approved_folder + "/fonts.txt");
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// With the 256 most frequent colours, the others as the nearest of them: a third of the bytes, and what is drawn in
/// one colour keeps it.
QImage withFewColors(const QImage& picture) {
    std::unordered_map<QRgb, int> counted;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x) ++counted[picture.pixel(x, y)];
    std::vector<std::pair<int, QRgb>> colors;
    for (const auto& [color, count] : counted) colors.emplace_back(count, color);
    std::ranges::sort(colors, std::greater<>());
    QList<QRgb> palette;
    for (std::size_t i = 0; i < std::min<std::size_t>(colors.size(), 256); ++i) palette << colors[i].second;
    std::unordered_map<QRgb, uint> index;
    for (const auto& [count, color] : colors) {
        const auto distance = [color = color](QRgb other) {
            const int red = qRed(color) - qRed(other), green = qGreen(color) - qGreen(other),
                      blue = qBlue(color) - qBlue(other);
            return red * red + green * green + blue * blue;
        };
        index[color] = static_cast<uint>(std::ranges::min_element(palette, {}, distance) - palette.begin());
    }
    QImage few(picture.size(), QImage::Format_Indexed8);
    few.setColorTable(palette);
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x) few.setPixel(x, y, index[picture.pixel(x, y)]);
    return few;
}

void approve(const QString& path, const QImage& painted) {
    QDir().mkpath(approved_folder);
    QFile fonts(approved_folder + "/fonts.txt");
    if (fontsApproved() != fontsHere()) {
        REQUIRE(fonts.open(QIODevice::WriteOnly));
        fonts.write(fontsHere().toUtf8());
    }
    // What looks the same stays as it is, byte by byte: the repository keeps each version for ever.
    const auto difference = pictureDifference(QImage(path), painted);
    if (difference && difference->share <= 0) {
        SUCCEED("is approved as it is");
        return;
    }
    constexpr int smallest = 0;  // a PNG's quality is how little it is compressed
    REQUIRE(withFewColors(painted).save(path, "PNG", smallest));
}

}  // namespace

std::optional<PictureDifference> pictureDifference(const QImage& approved, const QImage& painted) {
    if (approved.size() != painted.size() || approved.isNull()) return std::nullopt;
    const QImage a = approved.convertToFormat(QImage::Format_RGB32), b = painted.convertToFormat(QImage::Format_RGB32);
    constexpr int pixels = (2 * blur_radius + 1) * (2 * blur_radius + 1);
    std::vector<bool> differs(static_cast<std::size_t>(a.width()) * a.height());
    for (const int shift : {0, 8, 16}) {
        const Plane one = blurred(a, shift), other = blurred(b, shift);
        for (std::size_t i = 0; i < one.size(); ++i)
            if (std::abs(one[i] - other[i]) > difference_least * pixels) differs[i] = true;
    }
    PictureDifference difference;
    difference.share = static_cast<double>(std::ranges::count(differs, true)) /
                       static_cast<double>(std::max(1, a.width() * a.height()));
    difference.where = b;
    for (int y = 0; y < b.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(difference.where.scanLine(y));
        for (int x = 0; x < b.width(); ++x) {
            const int grey = 160 + qGray(line[x]) * 95 / 255;
            line[x] = differs[static_cast<std::size_t>(y) * b.width() + x] ? qRgb(220, 0, 0) : qRgb(grey, grey, grey);
        }
    }
    return difference;
}

void checkPicture(const QString& name, const QImage& painted) {
    INFO(name.toStdString());
    const QString path = approved_folder + '/' + name + ".png";
    if (qEnvironmentVariableIsSet("AWAITSCOPE_APPROVE")) {
        approve(path, painted);
        return;
    }
    if (fontsHere() != fontsApproved()) {
        SUCCEED();
        WARN("not compared: approved with the fonts\n"
             << fontsApproved().toStdString() << "and here are\n"
             << fontsHere().toStdString() << "On Debian: fonts-inter, fonts-jetbrains-mono");
        return;
    }
    const QImage approved(path);
    const auto difference = pictureDifference(approved, painted);
    if (difference && difference->share <= picture_tolerance) {
        SUCCEED();
        return;
    }
    QDir().mkpath(refused_folder);
    const QString left = refused_folder + '/' + name;
    painted.save(left + ".png");
    approved.save(left + ".approved.png");
    if (difference) difference->where.save(left + ".difference.png");
    FAIL_CHECK((approved.isNull() ? "there is no approved picture"
                : !difference
                    ? "the approved picture has another size"
                    : "differs from the approved picture in " + std::to_string(difference->share * 100) + " % of it")
               << "; look at " << left.toStdString() << ".png, .approved.png, .difference.png; ./dev approve takes it");
}

}  // namespace awaitscope::test
