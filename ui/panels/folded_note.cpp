// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/folded_note.hpp"

#include <algorithm>

#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

constexpr std::size_t sums_most = 20;

Nanoseconds wholeFrom(const Trace& trace) {
    return trace.time_at(trace.folded().begin);
}

}  // namespace

FoldedNote::FoldedNote(TraceSession& session, Of what, QWidget* parent) : QLabel(parent) {
    setObjectName("foldedNote");
    setProperty("class", "soft");
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setContentsMargins(8, 4, 8, 6);
    {
        const auto trace = session.trace();
        if (trace->folded().events > 0) {
            setText(what == Of::events  ? eventsText(*trace)
                    : what == Of::tasks ? tasksText(*trace)
                                        : findingsText(*trace));
            if (what != Of::findings) setToolTip(sumsText(*trace));
        }
    }
    setVisible(!text().isEmpty());
}

QString FoldedNote::eventsText(const Trace& trace) {
    return tr("%1 events before %2 are folded, to keep to the memory allowed: of that time only what still mattered is "
              "left.")
        .arg(formatCount(trace.folded().events), formatTime(wholeFrom(trace)));
}

QString FoldedNote::tasksText(const Trace& trace) {
    SpanTotals all;
    std::uint64_t count = 0;
    for (const Folded::Tasks& tasks : trace.folded().tasks) {
        count += tasks.count;
        all.resumed += tasks.resumed;
        all.running_ns += tasks.running_ns;
    }
    if (count == 0)
        return tr("Events before %1 are folded; no task had ended by then, and the sums of all go on.")
            .arg(formatTime(wholeFrom(trace)));
    return tr("%1 tasks that ended before %2 are folded: %3 steps, %4 running in all. The sums of the others go on.")
        .arg(formatCount(count), formatTime(wholeFrom(trace)), formatCount(all.resumed),
             formatDuration(all.running_ns));
}

QString FoldedNote::findingsText(const Trace& trace) {
    return tr("What was found before %1 is no longer listed: %2 events of that time are folded, to keep to the memory "
              "allowed. What lasts is found again.")
        .arg(formatTime(wholeFrom(trace)), formatCount(trace.folded().events));
}

QString FoldedNote::sumsText(const Trace& trace) {
    std::vector<Folded::Tasks> sums = trace.folded().tasks;
    std::ranges::stable_sort(sums, std::greater(), &Folded::Tasks::running_ns);
    QStringList lines;
    for (const Folded::Tasks& tasks : sums) {
        if (static_cast<std::size_t>(lines.size()) == sums_most) {
            lines << withThousands(tr("and %n more coroutines", nullptr, static_cast<int>(sums.size() - sums_most)),
                                   sums.size() - sums_most);
            break;
        }
        const Symbols& symbols = trace.symbols();
        const QString name = toQString(symbols.string(symbols.place(tasks.definition).function));
        lines << tr("%1: %2 ended, %3 steps, %4 running, %5 ready, %6 waiting")
                     .arg(name.isEmpty() ? tr("not known") : name + QStringLiteral("()"), formatCount(tasks.count),
                          formatCount(tasks.resumed), formatDuration(tasks.running_ns), formatDuration(tasks.ready_ns),
                          formatDuration(tasks.waiting_ns));
    }
    return lines.join('\n');
}

}  // namespace awaitscope::ui
