// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/process_words.hpp"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>
#include <algorithm>

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

QString processName(const ProcessEntry& entry) {
    static const QRegularExpression interpreter("^(python|node|pypy)[0-9.]*$");
    if (!interpreter.match(entry.name).hasMatch()) return entry.name;
    const QStringList words = entry.command.split(' ', Qt::SkipEmptyParts).mid(1);
    const auto script = std::ranges::find_if(words, [](const QString& word) { return !word.startsWith('-'); });
    return script == words.end() ? entry.name : entry.name + ' ' + QFileInfo(*script).fileName();
}

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
