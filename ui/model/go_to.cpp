// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/go_to.hpp"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <algorithm>

#include "instrumentation/exporter/parse_duration.hpp"
#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

struct GoTo {
    Q_DECLARE_TR_FUNCTIONS(awaitscope::ui::GoTo)
  public:
    const Trace& trace;
    EventIndex cursor;

    GoToTarget nothing(const QString& why) const { return {no_event, no_task, why, false}; }

    GoToTarget at(EventIndex event) const {
        const EventIndex number = event == no_event ? 0 : event + 1;
        return {event, no_task,
                tr("%1, event %2 of %3")
                    .arg(formatTime(trace.time_at(event)), formatCount(number), formatCount(trace.event_count())),
                true};
    }

    GoToTarget time(Nanoseconds time) const {
        if (time > trace.end()) return nothing(tr("The last event is at %1.").arg(formatTime(trace.end())));
        const EventIndex after = time < trace.begin() ? 0 : trace.first_at_or_after(time + 1);
        return at(after == 0 ? no_event : after - 1);
    }

    GoToTarget event(const QString& number) const {
        bool read = false;
        const qulonglong n = number.toULongLong(&read);
        if (!read || n > trace.event_count())
            return nothing(tr("There are %1 events.").arg(formatCount(trace.event_count())));
        return at(n == 0 ? no_event : static_cast<EventIndex>(n - 1));
    }

    GoToTarget turn(const QString& number) const {
        const qulonglong n = number.toULongLong();
        for (const Loop& loop : trace.loops()) {
            const auto found =
                std::lower_bound(loop.iterations.begin(), loop.iterations.end(), n,
                                 [this](EventIndex at, qulonglong wanted) { return trace.event(at).a < wanted; });
            if (found != loop.iterations.end() && trace.event(*found).a == n) return at(*found);
        }
        return nothing(tr("No turn of a loop bears the number %1.").arg(number));
    }

    GoToTarget task(const QString& name) const {
        TaskIndex best = no_task;
        for (TaskIndex i = 0; i < trace.tasks().size(); ++i) {
            const QString its = taskName(trace, i);
            if (its.compare(name, Qt::CaseInsensitive) == 0) {
                best = i;
                break;
            }
            if (best == no_task && its.startsWith(name, Qt::CaseInsensitive)) best = i;
        }
        if (best == no_task) return nothing(tr("No task's name begins with \"%1\".").arg(name));
        const Task& task = trace.tasks()[best];
        const EventIndex step = trace.next_step(no_event, best);
        GoToTarget target = at(step == no_event ? task.created_event : step);
        target.task = best;
        target.words = tr("%1: %2").arg(taskName(trace, best), target.words);
        return target;
    }
};

}  // namespace

GoToTarget readGoTo(const QString& text, const Trace& trace, EventIndex cursor) {
    const GoTo go{trace, cursor};
    const QString wanted = text.simplified();
    if (wanted.isEmpty() || trace.event_count() == 0)
        return go.nothing(GoTo::tr("A time, as 1.5s or +20ms; event 1200; turn 12; task NAME"));
    static const QRegularExpression event("^(?:event ?|#)([0-9]+)$", QRegularExpression::CaseInsensitiveOption),
        turn("^(?:turn|iteration) ?([0-9]+)$", QRegularExpression::CaseInsensitiveOption),
        task("^task (.+)$", QRegularExpression::CaseInsensitiveOption), time("^([+-]?)([0-9.].*)$");
    if (const auto match = event.match(wanted); match.hasMatch()) return go.event(match.captured(1));
    if (const auto match = turn.match(wanted); match.hasMatch()) return go.turn(match.captured(1));
    if (const auto match = task.match(wanted); match.hasMatch()) return go.task(match.captured(1));
    if (const auto match = time.match(wanted); match.hasMatch()) {
        const auto length =
            parse_duration(match.captured(2).remove(' ').replace(QLocale().decimalPoint(), ".").toStdString());
        if (!length) return go.nothing(GoTo::tr("A time is a number and s, ms, us, ns, min or h."));
        const QString sign = match.captured(1);
        if (sign.isEmpty()) return go.time(length->count());
        const Nanoseconds from = trace.time_at(cursor);
        if (sign == "-") return go.time(from - length->count());
        return length->count() > trace.end() - from ? go.time(trace.end() + 1) : go.time(from + length->count());
    }
    return go.task(wanted);
}

}  // namespace awaitscope::ui
