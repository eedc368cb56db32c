// SPDX-License-Identifier: GPL-3.0-or-later
// Qt takes a scale from the environment before it begins, and knows no public way to change it later. What it does
// when a window is dragged to a screen of another scale is what is wanted here; these two of its parts do it.
#include "ui/window/size_switch.hpp"

#include <QtGui/private/qhighdpiscaling_p.h>
#include <qpa/qplatformwindow.h>
#include <qpa/qwindowsysteminterface.h>

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QWindow>
#include <algorithm>
#include <array>
#include <cstdlib>

namespace awaitscope::ui {
namespace {

/// None is smaller: where a widget's pixel is less than the screen's, Qt leaves parts of a window unpainted.
constexpr std::array sizes{100, 125, 150, 200};

int nearest(int percent) {
    return *std::ranges::min_element(sizes, {}, [percent](int size) { return std::abs(size - percent); });
}

}  // namespace

SizeSwitch::SizeSwitch() {
    connect(qGuiApp, &QGuiApplication::screenAdded, this, [this](QScreen* screen) {
        if (percent_ != 100) scale(screen);
    });
}

SizeSwitch& SizeSwitch::instance() {
    static SizeSwitch only;
    return only;
}

std::span<const int> SizeSwitch::percents() {
    return sizes;
}

int SizeSwitch::remembered() {
    return nearest(QSettings().value("size", 100).toInt());
}

void SizeSwitch::choose(int percent) {
    QSettings().setValue("size", nearest(percent));
    apply(percent);
}

void SizeSwitch::chooseNext(int direction) {
    const auto at = std::ranges::find(sizes, percent_) + (direction < 0 ? -1 : 1);
    if (at >= sizes.begin() && at < sizes.end()) choose(*at);
}

void SizeSwitch::apply(int percent) {
    if (nearest(percent) == percent_) return;
    percent_ = nearest(percent);
    for (QScreen* screen : QGuiApplication::screens()) scale(screen);
    // A window keeps its place on the screen, which now is so many pixels of another size.
    for (QWindow* window : QGuiApplication::topLevelWindows())
        if (const QPlatformWindow* platform = window->handle())
            QWindowSystemInterface::handleGeometryChange<QWindowSystemInterface::SynchronousDelivery>(
                window, platform->geometry());
    emit changed();
}

void SizeSwitch::scale(QScreen* screen) {
    if (!desktop_.contains(screen->name())) {
        // Qt multiplies this one with what a screen is given.
        const double everywhere = qEnvironmentVariable("QT_SCALE_FACTOR", "1").toDouble();
        desktop_[screen->name()] = QHighDpiScaling::factor(screen) / (everywhere > 0 ? everywhere : 1);
    }
    QHighDpiScaling::setScreenFactor(screen, desktop_[screen->name()] * percent_ / 100);
}

}  // namespace awaitscope::ui
