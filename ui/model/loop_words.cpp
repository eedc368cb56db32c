// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/loop_words.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/trace/loop_process.hpp"
#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(awaitscope::ui::Loops)
};

const Loop* findLoop(const Trace& trace, std::uint16_t number) {
    const auto loops = trace.loops();
    const auto found = std::ranges::find(loops, number, &Loop::number);
    return found == loops.end() ? nullptr : &*found;
}

QString shown(std::string_view name) {
    return QString::fromStdString(printable(name));
}

/// Threads of one program often give their loops one name: then with the number.
QString distinct(const Trace& trace, const Loop& loop, const QString& name) {
    const bool alone = std::ranges::count(trace.loops(), loop.name, &Loop::name) == 1;
    return alone ? name : Words::tr("%1, loop %2").arg(name).arg(loop.number);
}

}  // namespace

QString processText(const Trace& trace, std::uint32_t pid) {
    if (pid == 0) return Words::tr("Process not known");
    for (const Loop& loop : trace.loops())
        if (process_of(trace, loop) == pid) {
            const std::string_view name = trace.symbols().string(loop.name);
            if (const std::size_t part = process_part(name, pid)) return shown(name.substr(0, part));
        }
    return Words::tr("Process %1").arg(pid);
}

QString loopText(const Trace& trace, std::uint16_t number) {
    const Loop* loop = findLoop(trace, number);
    if (!loop) return Words::tr("No loop");
    const QString name = shown(own_part(trace.symbols().string(loop->name), process_of(trace, *loop)));
    return name.isEmpty() ? Words::tr("Loop %1").arg(number) : distinct(trace, *loop, name);
}

QString fullLoopText(const Trace& trace, std::uint16_t number) {
    const Loop* loop = findLoop(trace, number);
    const std::uint32_t pid = loop ? process_of(trace, *loop) : 0;
    return pid == 0 ? loopText(trace, number) : distinct(trace, *loop, shown(trace.symbols().string(loop->name)));
}

}  // namespace awaitscope::ui
