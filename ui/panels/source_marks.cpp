// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_marks.hpp"

#include <QCoreApplication>
#include <QFileInfo>
#include <algorithm>

#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

/// The context of this file's words.
struct SourceWords {
    Q_DECLARE_TR_FUNCTIONS(awaitscope::ui::SourceMarks)
};

/// "Task B, C here": names in full once, after that only what differs behind a common first word.
/// `cut`: there are more tasks than were looked at.
QString tagOf(const Trace& trace, const TaskLine& line, bool cut) {
    QString names;
    QString common;
    constexpr std::size_t shown = 4;
    for (std::size_t i = 0; i < line.tasks.size() && i < shown; ++i) {
        const QString name = taskName(trace, line.tasks[i]);
        if (i == 0) {
            common = name.left(std::max(name.lastIndexOf(' '), name.lastIndexOf('-')) + 1);
            names = name;
        } else {
            names += ", " + (!common.isEmpty() && name.startsWith(common) ? name.mid(common.size()) : name);
        }
    }
    if (line.tasks.size() > shown)
        names += cut ? SourceWords::tr(" and many more")
                     : SourceWords::tr(" and %1 more").arg(formatCount(line.tasks.size() - shown));
    if (line.caller) return SourceWords::tr("%1 is inside this").arg(names);
    if (line.ended) return SourceWords::tr("%1 ended here").arg(names);
    if (!line.waiting || line.current) return SourceWords::tr("%1 here").arg(names);
    return line.tasks.size() == 1 ? SourceWords::tr("%1 waits here").arg(names)
                                  : SourceWords::tr("%1 wait here").arg(names);
}

QString briefOf(const TaskLine& line, const QString& tag, bool cut) {
    if (line.tasks.size() == 1) return tag;
    return SourceWords::tr("%1 here").arg(formatCount(line.tasks.size()) + (cut ? "+" : ""));
}

}  // namespace

std::vector<SourceMark> sourceMarks(const Trace& trace, const std::vector<TaskLine>& lines, const LineInText& line_in,
                                    int told) {
    std::vector<SourceMark> marks;
    const bool cut = trace.tasks().size() > task_lines_most;
    for (const TaskLine& line : lines) {
        const QString tag = tagOf(trace, line, cut);
        SourceMark mark{line_in(line), tag, briefOf(line, tag, cut), line.current, line.caller, false};
        if (mark.line <= 0) continue;
        const auto same = std::ranges::find(marks, mark.line, &SourceMark::line);
        if (same == marks.end()) {
            marks.push_back(std::move(mark));
        } else if (!mark.caller) {
            same->tag += ", " + mark.tag;
            same->current = same->current || mark.current;
        }
    }
    if (told > 0) {
        const auto same = std::ranges::find(marks, told, &SourceMark::line);
        SourceMark& mark = same == marks.end() ? marks.emplace_back(SourceMark{.line = told}) : *same;
        mark.told = true;
    }
    return marks;
}

LineInText linesOf(const Trace& trace, StringId file) {
    return [&trace, file](const TaskLine& line) {
        const Place place = trace.symbols().place(line.place);
        return place.file == file ? static_cast<int>(place.line) : 0;
    };
}

LineInText linesOfTwin(const Trace& trace, const SourceTwin& twin, const QString& program) {
    return [&trace, &twin, program](const TaskLine& line) {
        const Place place = trace.symbols().place(line.place);
        if (QFileInfo(toQString(trace.symbols().string(place.file))).fileName() != program) return 0;
        const QString function = toQString(trace.symbols().string(place.function));
        const int there = twin.pythonLine(function, static_cast<int>(place.line));
        // A line without a like of its own gives its coroutine's; but who is inside a call is nowhere else.
        return there > 0 || line.caller ? there : twin.coroutineLine(function, static_cast<int>(place.line));
    };
}

int lineWith(const QString& text, const QString& code) {
    if (code.isEmpty()) return 0;
    const QStringList lines = text.split('\n');
    auto found = std::ranges::find_if(lines, [&](const QString& line) { return line.trimmed() == code; });
    if (found == lines.end())
        found = std::ranges::find_if(lines, [&](const QString& line) { return line.contains(code); });
    return found == lines.end() ? 0 : static_cast<int>(found - lines.begin()) + 1;
}

}  // namespace awaitscope::ui
