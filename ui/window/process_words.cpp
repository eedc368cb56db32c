// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/process_words.hpp"

#include <QCoreApplication>
#include <QLocale>

namespace awaitscope::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ProcessWords)
};

/// When a dead one began: of its end no more is known than when it was first missed.
QString began(const QDateTime& started) {
    if (!started.isValid()) return {};
    const QLocale locale;
    const bool today = started.date() == QDate::currentDate();
    return Words::tr(", began at %1")
        .arg(today ? locale.toString(started.time(), QLocale::ShortFormat)
                   : locale.toString(started, QLocale::ShortFormat));
}

}  // namespace

QString processState(const ProcessEntry& entry) {
    switch (entry.state) {
        case ProcessEntry::State::running:
            break;
        case ProcessEntry::State::crashed:
            return Words::tr("killed or crashed") + began(entry.started);
        case ProcessEntry::State::ended:
            return Words::tr("ended") + began(entry.started);
        case ProcessEntry::State::unprepared:
            return Words::tr("plain Python");
    }
    return Words::tr("running");
}

}  // namespace awaitscope::ui
