// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/primitive_words.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "instrumentation/exporter/event_text.hpp"
#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

constexpr std::size_t looked_back_most = 4096;

/// The context of this file's words.
struct PrimitiveWords {
    Q_DECLARE_TR_FUNCTIONS(awaitscope::ui::Primitives)
};

QString queueState(const PrimitiveMoment& queue) {
    const QString size = formatCount(queue.size);
    if (queue.maxsize == 0)
        return queue.size == 0 ? PrimitiveWords::tr("empty") : PrimitiveWords::tr("%1 in it").arg(size);
    const QString of = PrimitiveWords::tr("%1 of %2").arg(size, formatCount(queue.maxsize));
    if (queue.size == 0) return PrimitiveWords::tr("empty, %1").arg(of);
    return queue.size >= queue.maxsize ? PrimitiveWords::tr("full, %1").arg(of) : of;
}

}  // namespace

QString primitiveName(const Trace& trace, const PrimitiveMoment& primitive, const PlaceWords& places) {
    const QString name = QString::fromStdString(printable(trace.symbols().string(primitive.name)));
    return name.isEmpty() ? numberedText(trace, QString::number(primitive.id), primitive.line, places) : name;
}

QString primitiveState(const Trace& trace, const PrimitiveMoment& primitive) {
    switch (primitive.kind) {
        case SyncKind::lock: {
            if (!primitive.held) return PrimitiveWords::tr("free");
            const TaskIndex owner = primitive.owner ? trace.find_task(*primitive.owner) : no_task;
            return owner == no_task ? PrimitiveWords::tr("held")
                                    : PrimitiveWords::tr("held by %1").arg(taskName(trace, owner));
        }
        case SyncKind::semaphore:
        case SyncKind::bounded_semaphore:
            return primitive.value ? PrimitiveWords::tr("value %1").arg(formatCount(*primitive.value)) : QString();
        case SyncKind::queue:
            return queueState(primitive);
        case SyncKind::event:
        case SyncKind::condition:
        case SyncKind::barrier:
            break;
    }
    return {};
}

WaitKind waitKindOf(SyncKind kind) {
    switch (kind) {
        case SyncKind::lock:
            return WaitKind::lock;
        case SyncKind::event:
            return WaitKind::event;
        case SyncKind::condition:
            return WaitKind::condition;
        case SyncKind::semaphore:
        case SyncKind::bounded_semaphore:
            return WaitKind::semaphore;
        case SyncKind::barrier:
            return WaitKind::barrier;
        case SyncKind::queue:
            break;
    }
    return WaitKind::queue_get;
}

EventIndex lastOfPrimitive(const Trace& trace, Id id, EventKind kind, EventIndex cursor) {
    const IndexList* events = trace.primitive_events(id);
    if (!events) return no_event;
    const std::size_t count = events->count_until(cursor);
    const std::size_t least = count > looked_back_most ? count - looked_back_most : 0;
    for (std::size_t i = count; i > least; --i)
        if (trace.event((*events)[i - 1]).kind() == kind) return (*events)[i - 1];
    return no_event;
}

std::vector<std::uint32_t> levelHistory(const Trace& trace, Id queue, EventIndex cursor, int columns) {
    std::vector<std::uint32_t> levels;
    if (cursor == no_event || trace.event_count() == 0) return levels;
    const Nanoseconds begin = trace.begin(), length = trace.time_at(cursor) - begin + 1;
    columns = static_cast<int>(std::clamp<Nanoseconds>(columns, 1, length));
    EventIndex first = 0;
    for (int i = 1; i <= columns; ++i) {
        const EventIndex last =
            i == columns
                ? cursor + 1
                : std::min(cursor + 1, trace.first_at_or_after(
                                           begin + length / columns * i + length % columns * i / columns, first));
        levels.push_back(trace.greatest_size(queue, first, last));
        first = last;
    }
    return levels;
}

}  // namespace awaitscope::ui
