// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/when_seen.hpp"

#include <QEvent>
#include <QWidget>
#include <utility>

namespace awaitscope::ui {

WhenSeen::WhenSeen(QWidget& panel, std::function<void()> work)
    : QObject(&panel), panel_(panel), work_(std::move(work)) {
    panel_.installEventFilter(this);
}

void WhenSeen::want() {
    due_ = true;
    if (panel_.isVisible()) catchUp();
}

void WhenSeen::catchUp() {
    if (std::exchange(due_, false)) work_();
}

bool WhenSeen::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Show) catchUp();
    return QObject::eventFilter(watched, event);
}

}  // namespace awaitscope::ui
