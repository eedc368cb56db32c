// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>

#include "instrumentation/event/event_kind.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// The colours and fonts a panel paints with itself; what a stylesheet reaches is not in here. The window fills it from
/// its theme and hands it to every panel.
struct PanelStyle {
    QColor text, textSoft, textFaint, accent, line, chip, window, sunken, selection, currentLine, cursor;
    QColor running, ready, finished, cancelled, failed;
    QColor sleep, gather, lock, queue, io, other;
    QColor keyword, string, number, comment, function, type;
    QFont mono;

    /// The colour of what a task waits for.
    const QColor& wait(WaitKind kind) const;
    /// The colour of a state; a waiting task's depends on what it waits for.
    const QColor& state(TaskState state, WaitKind on = WaitKind::none) const;
};

}  // namespace awaitscope::ui
