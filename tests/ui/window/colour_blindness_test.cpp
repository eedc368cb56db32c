// SPDX-License-Identifier: GPL-3.0-or-later
// The colours that carry a meaning, as people see them who lack one of the three kinds of cones. (What tasks wait for
// is told by patterns and words as well, so those colours need not all differ.)
#include <QColor>
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "ui/window/theme.hpp"

using namespace awaitscope::ui;

namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

Triple times(const Matrix& matrix, const Triple& v) {
    Triple product{};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t k = 0; k < 3; ++k) product[i] += matrix[i][k] * v[k];
    return product;
}

/// Machado, Oliveira and Fernandes (2009), full severity, on linear light.
struct Sight {
    const char* name;
    Matrix matrix;
};
const Sight sights[] = {
    {"all cones", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"protanopia",
     {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
    {"deuteranopia",
     {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
    {"tritanopia",
     {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}},
};

Triple linear(const QColor& color) {
    const auto light = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return {light(color.redF()), light(color.greenF()), light(color.blueF())};
}

/// CIE L*a*b*: its distances are about those that people see.
Triple lab(const Triple& rgb) {
    static const Matrix to_xyz = {{{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}}};
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const Triple xyz = times(to_xyz, rgb);
    const double x = f(xyz[0] / 0.9505), y = f(xyz[1]), z = f(xyz[2] / 1.089);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double difference(const QColor& a, const QColor& b, const Sight& sight) {
    const auto seen = [&](const QColor& color) {
        Triple light = times(sight.matrix, linear(color));
        for (double& part : light) part = std::clamp(part, 0.0, 1.0);
        return lab(light);
    };
    const Triple one = seen(a), other = seen(b);
    return std::hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

}  // namespace

TEST_CASE("States that are told by colour differ for every kind of sight, in every theme") {
    constexpr double seen_at_a_glance = 15;
    const std::pair<const char*, const char*> pairs[] = {
        {"running", "ready"}, {"running", "window"}, {"ready", "window"},  {"finished", "failed"},
        {"good", "bad"},      {"running", "failed"}, {"cursor", "window"}, {"finished", "window"},
    };
    for (const char* key : {"light", "dark", "contrast"})
        for (const Sight& sight : sights)
            for (const auto& [one, other] : pairs) {
                INFO(key << ", " << sight.name << ": " << one << " and " << other);
                const Theme& theme = Theme::builtin(key);
                CHECK(difference(theme.color(one), theme.color(other), sight) > seen_at_a_glance);
            }
}
