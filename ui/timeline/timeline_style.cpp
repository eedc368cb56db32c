// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_style.hpp"

#include <QCoreApplication>
#include <QFontDatabase>

namespace awaitscope::ui {
namespace {

QString installed(const char* family) {
    const QString name = QString::fromLatin1(family);
    return QFontDatabase::families().contains(name) ? name : QString();
}

TimelineStyle common() {
    TimelineStyle style;
    style.wait = {QColor("#56b4e9"), QColor("#cc79a7"), QColor("#d55e00"), QColor("#8a6fe8"),
                  QColor("#009e73"), QColor("#b5a642"), QColor("#8b98a9")};
    style.font = textFont(13, QFont::DemiBold);
    style.small_font = textFont(11);
    style.mono_font = codeFont(11);
    return style;
}

}  // namespace

WaitClass waitClass(WaitKind kind) {
    switch (kind) {
        case WaitKind::sleep:
        case WaitKind::timeout:
            return WaitClass::sleep;
        case WaitKind::task:
        case WaitKind::gather:
        case WaitKind::group:
            return WaitClass::gather;
        case WaitKind::lock:
        case WaitKind::event:
        case WaitKind::condition:
        case WaitKind::semaphore:
        case WaitKind::barrier:
            return WaitClass::lock;
        case WaitKind::queue_get:
        case WaitKind::queue_put:
            return WaitClass::queue;
        case WaitKind::io:
            return WaitClass::io;
        case WaitKind::thread:
        case WaitKind::process:
            return WaitClass::thread;
        case WaitKind::none:
        case WaitKind::future:
        case WaitKind::yield:
            break;
    }
    return WaitClass::other;
}

QString waitClassText(WaitClass wait) {
    switch (wait) {
        case WaitClass::sleep:
            return QCoreApplication::translate("Timeline", "sleep");
        case WaitClass::gather:
            return QCoreApplication::translate("Timeline", "task, gather");
        case WaitClass::lock:
            return QCoreApplication::translate("Timeline", "lock");
        case WaitClass::queue:
            return QCoreApplication::translate("Timeline", "queue");
        case WaitClass::io:
            return QCoreApplication::translate("Timeline", "I/O");
        case WaitClass::thread:
            return QCoreApplication::translate("Timeline", "thread");
        case WaitClass::other:
            break;
    }
    return QCoreApplication::translate("Timeline", "other");
}

WaitPattern waitPattern(WaitClass wait) {
    switch (wait) {
        case WaitClass::sleep:
            return WaitPattern::rising;
        case WaitClass::gather:
            return WaitPattern::plain;
        case WaitClass::lock:
            return WaitPattern::falling;
        case WaitClass::queue:
            return WaitPattern::dots;
        case WaitClass::io:
            return WaitPattern::level;
        case WaitClass::thread:
            return WaitPattern::upright;
        case WaitClass::other:
            break;
    }
    return WaitPattern::crossed;
}

QColor TimelineStyle::waitGround(WaitClass kind) const {
    return waitPattern(kind) == WaitPattern::plain ? mixed(wait_ground, waitColor(kind), 0.16) : wait_ground;
}

TimelineStyle TimelineStyle::dark() {
    TimelineStyle style = common();
    style.background = QColor("#1b212b");
    style.raised = QColor("#1e2530");
    style.line = QColor("#262e3a");
    style.grid = QColor("#232b37");
    style.text = QColor("#e6eaf0");
    style.text_dim = QColor("#a8b3c4");
    style.text_faint = QColor("#8f9cb0");
    style.selected_row = QColor("#22304b");
    style.hovered_row = QColor("#1f2733");
    style.chip = QColor("#263040");
    style.accent = QColor("#5b93ff");
    style.future = QColor(0x15, 0x1a, 0x22, 150);
    style.cursor = QColor("#ff6b9a");
    style.running = QColor("#5b93ff");
    style.ready = QColor("#f0b429");
    style.wait_ground = QColor("#27364f");
    style.finished = QColor("#3fcf9e");
    style.cancelled = QColor("#a9b4c4");
    style.failed = QColor("#ff6363");
    style.glyph = QColor("#12171f");
    style.io_read = QColor("#2fc79a");
    style.io_write = QColor("#e58bbd");
    style.mark = QColor("#c9b6ff");
    style.loss = QColor("#ff6363");
    return style;
}

TimelineStyle TimelineStyle::light() {
    TimelineStyle style = common();
    style.background = QColor("#ffffff");
    style.raised = QColor("#fafbfc");
    style.line = QColor("#eceff3");
    style.grid = QColor("#f1f3f6");
    style.text = QColor("#1b2430");
    style.text_dim = QColor("#4d5766");
    style.text_faint = QColor("#626c7a");
    style.selected_row = QColor("#e9f0fe");
    style.hovered_row = QColor("#f5f7fa");
    style.chip = QColor("#eef1f5");
    style.accent = QColor("#2463eb");
    style.future = QColor(0xf7, 0xf8, 0xfa, 160);
    style.cursor = QColor("#d6336c");
    style.running = QColor("#2463eb");
    style.ready = QColor("#e69f00");
    style.wait_ground = QColor("#dce6f5");
    style.finished = QColor("#12906b");
    style.cancelled = QColor("#6b7686");
    style.failed = QColor("#d62f2f");
    style.glyph = QColor("#ffffff");
    style.io_read = QColor("#008a64");
    style.io_write = QColor("#b3478a");
    style.mark = QColor("#6a4fd0");
    style.loss = QColor("#d62f2f");
    return style;
}

QColor mixed(const QColor& under, const QColor& over, double share) {
    const auto one = [share](int a, int b) { return static_cast<int>(a + (b - a) * share + 0.5); };
    return QColor(one(under.red(), over.red()), one(under.green(), over.green()), one(under.blue(), over.blue()));
}

QFont textFont(int pixels, QFont::Weight weight) {
    static const QString family = installed("Inter");
    QFont font = family.isEmpty() ? QFontDatabase::systemFont(QFontDatabase::GeneralFont) : QFont(family);
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QFont codeFont(int pixels) {
    static const QString family = installed("JetBrains Mono");
    QFont font = family.isEmpty() ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QFont(family);
    font.setPixelSize(pixels);
    return font;
}

}  // namespace awaitscope::ui
