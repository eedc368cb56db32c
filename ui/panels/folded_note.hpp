// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

#include "ui/model/trace_session.hpp"

namespace awaitscope::ui {

/// A line below a table: what the trace no longer has of the time before its detail begins (Trace::folded()). Hidden
/// where nothing is folded. What is folded does not change while a panel stands: folding makes the panels anew.
class FoldedNote : public QLabel {
    Q_OBJECT
  public:
    enum class Of { events, tasks, findings };
    FoldedNote(TraceSession& session, Of what, QWidget* parent);

    static QString eventsText(const Trace& trace);
    static QString tasksText(const Trace& trace);
    static QString findingsText(const Trace& trace);
    /// The sums of the ended tasks, a line for each coroutine, those that ran longest first.
    static QString sumsText(const Trace& trace);
};

}  // namespace awaitscope::ui
