// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/output_model.hpp"

#include "instrumentation/exporter/event_text.hpp"
#include "ui/model/format.hpp"
#include "ui/model/plain_tip.hpp"

namespace awaitscope::ui {
namespace {

/// What ends a line is none of its letters.
std::string_view withoutLineEnd(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    return text;
}

}  // namespace

OutputModel::OutputModel(TraceSession& session, ViewState& view, QObject* parent)
    : QAbstractListModel(parent), session_(session) {
    connect(&view, &ViewState::cursorChanged, this, [this, &view] { moveTo(view.cursor()); });
    moveTo(view.cursor());
}

int OutputModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count_;
}

QVariant OutputModel::data(const QModelIndex& index, int role) const {
    // Asked for nothing: views do that. (checkIndex() would warn of it.)
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto trace = session_.trace();
    const EventIndex number = trace->outputs()[static_cast<std::size_t>(index.row())];
    const Event& event = trace->event(number);
    switch (role) {
        case Qt::DisplayRole:
            return QString::fromStdString(printable(withoutLineEnd(trace->symbols().string(event.b))));
        case Qt::ToolTipRole: {
            const QString when = formatTime(static_cast<Nanoseconds>(event.time));
            const TaskIndex task = trace->find_task(event.task());
            return task == no_task ? when : plainTip(QString("%1 · %2").arg(taskName(*trace, task), when));
        }
        case EventRole:
            return static_cast<qulonglong>(number);
        case TaskRole:
            return trace->find_task(event.task());
        case TimeRole:
            return static_cast<qlonglong>(event.time);
        default:
            return {};
    }
}

void OutputModel::moveTo(EventIndex cursor) {
    const int count = static_cast<int>(session_.trace()->outputs().count_until(cursor));
    if (count < count_) {
        beginRemoveRows({}, count, count_ - 1);
        count_ = count;
        endRemoveRows();
    } else if (count > count_) {
        beginInsertRows({}, count_, count - 1);
        count_ = count;
        endInsertRows();
    }
}

}  // namespace awaitscope::ui
