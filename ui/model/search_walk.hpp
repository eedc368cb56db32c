// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/event_search.hpp"
#include "ui/model/view_state.hpp"

namespace awaitscope::ui {

/// What the view state says is searched, searched; and the walk from hit to hit. A step asked for before its hit has
/// been found is made once it is.
class SearchWalk : public QObject {
    Q_OBJECT
  public:
    /// Both outlive it.
    SearchWalk(TraceSession& session, ViewState& view, QObject* parent = nullptr);

    const EventSearch& events() const { return events_; }
    /// To the hit after or before the cursor, round the end: moves the cursor, and selects the event's task.
    void next() { step(Way::next); }
    void previous() { step(Way::previous); }
    /// "3 of 1,234", "12 found, 40 %"; empty while nothing is searched.
    QString note() const;

  signals:
    /// A step was asked for, and the text is nowhere.
    void nothingFound(QString text);
    /// Hits have come, or all has been looked at.
    void changed();

  private:
    enum class Way { none, next, previous };
    void takeText();
    void step(Way way);
    void arrived();

    TraceSession& session_;
    ViewState& view_;
    EventSearch events_;
    Way wanted_ = Way::none;
};

}  // namespace awaitscope::ui
