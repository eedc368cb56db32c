// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/state_words.hpp"

#include <QCoreApplication>

#include "instrumentation/exporter/task_words.hpp"
#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

/// The context of this file's words.
struct StateWords {
    Q_DECLARE_TR_FUNCTIONS(awaitscope::ui::StateWords)
};

}  // namespace

QString stateWord(TaskState state) {
    static constexpr const char* words[] = {
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "unborn"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "ready"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "running"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "waiting"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "finished"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "cancelled"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "failed"),
    };
    static_assert(std::size(words) == static_cast<std::size_t>(TaskState::failed) + 1);
    return StateWords::tr(words[static_cast<std::size_t>(state)]);
}

QString waitWord(WaitKind on) {
    static constexpr const char* words[] = {
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "not known"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "sleep"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "future"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "task"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "gather"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "lock"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "event"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "condition"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "semaphore"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "barrier"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "queue get"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "queue put"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "I/O"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "thread"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "process"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "timeout"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "task group"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "yield"),
    };
    static_assert(std::size(words) == wait_kind_count);
    return StateWords::tr(words[static_cast<std::size_t>(on)]);
}

QString waitWord(WaitKind on, std::size_t children) {
    return StateWords::tr("%1 of %2", "gather of 3 tasks").arg(waitWord(on), formatCount(children));
}

QString waitsForText(const Trace& trace, TaskIndex task, EventIndex cursor, const PlaceWords& places) {
    const auto waited = waited_for(trace, task, cursor);
    if (!waited) return {};
    const QString word = waitWord(waited->on);
    const QString name = numberedText(trace, QString::fromStdString(waited->name), waited->line, places);
    switch (waited->on) {
        case WaitKind::sleep:
            return waited->length ? word + ' ' + formatDuration(*waited->length) : word;
        case WaitKind::gather:
            return waited->count == 0 ? word : waitWord(waited->on, waited->count);
        case WaitKind::queue_get:
            return StateWords::tr("queue %1: get").arg(name);
        case WaitKind::queue_put:
            return StateWords::tr("queue %1: put").arg(name);
        default:
            return name.isEmpty() ? word : word + ' ' + name;
    }
}

QString queuePlaceText(std::size_t place) {
    // The four that English has: other languages may need one.
    (void)QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "%1st in the queue");
    (void)QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "%1nd in the queue");
    (void)QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "%1rd in the queue");
    (void)QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "%1th in the queue");
    const std::string pattern = "%1" + std::string(ordinal_ending(place + 1)) + " in the queue";
    return StateWords::tr(pattern.c_str()).arg(formatCount(place + 1));
}

QString primitiveKind(SyncKind kind) {
    static constexpr const char* words[] = {
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "lock"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "event"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "condition"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "semaphore"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "bounded semaphore"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "barrier"),
        QT_TRANSLATE_NOOP("awaitscope::ui::StateWords", "queue"),
    };
    static_assert(std::size(words) == static_cast<std::size_t>(SyncKind::queue) + 1);
    return StateWords::tr(words[static_cast<std::size_t>(kind)]);
}

}  // namespace awaitscope::ui
