// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/remembered_marks.hpp"

#include <QCryptographicHash>
#include <QScopedValueRollback>
#include <QSettings>
#include <algorithm>

namespace awaitscope::ui {

RememberedMarks::RememberedMarks(TraceSession& session, ViewState& view, const QString& what, QObject* parent)
    : QObject(parent),
      session_(session),
      view_(view),
      // A path has slashes, which would be groups of settings.
      key_("marks/" + QString(QCryptographicHash::hash(what.toUtf8(), QCryptographicHash::Sha1).toHex())) {
    for (const QString& line : QSettings().value(key_).toStringList()) {
        bool time_read = false, nth_read = false;
        const Mark mark{line.section(' ', 0, 0).toLongLong(&time_read), line.section(' ', 1, 1).toULongLong(&nth_read),
                        line.section(' ', 2)};
        if (time_read && nth_read) waiting_.push_back(mark);
    }
    connect(&session_, &TraceSession::grown, this, &RememberedMarks::take);
    connect(&view_, &ViewState::marksChanged, this, &RememberedMarks::save);
    take();
}

void RememberedMarks::take() {
    if (waiting_.empty()) return;
    std::vector<std::pair<EventIndex, QString>> reached;
    {
        const auto trace = session_.trace();
        std::erase_if(waiting_, [&](const Mark& mark) {
            const EventIndex event = trace->first_at_or_after(mark.time) + mark.nth;
            const bool there = event < trace->event_count() && trace->time_at(event) == mark.time;
            if (there) reached.emplace_back(event, mark.note);
            return there;
        });
    }
    const QScopedValueRollback guard(taking_, true);
    for (const auto& [event, note] : reached) view_.setMark(event, note);
}

void RememberedMarks::save() const {
    if (taking_) return;
    QStringList lines;
    const auto add = [&](Nanoseconds time, EventIndex nth, const QString& note) {
        lines << QStringLiteral("%1 %2 %3").arg(time).arg(nth).arg(note);
    };
    for (const Mark& mark : waiting_) add(mark.time, mark.nth, mark.note);
    {
        const auto trace = session_.trace();
        for (const auto& [event, note] : view_.marks()) {
            const Nanoseconds time = trace->time_at(event);
            add(time, event - trace->first_at_or_after(time), note);
        }
    }
    if (lines.isEmpty())
        QSettings().remove(key_);
    else
        QSettings().setValue(key_, lines);
}

}  // namespace awaitscope::ui
