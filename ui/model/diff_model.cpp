// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/diff_model.hpp"

#include "ui/model/format.hpp"
#include "ui/model/plain_tip.hpp"

namespace awaitscope::ui {
namespace {

const QString arrow = QString::fromUtf8(" → ");

QString pair(const QString& a, const QString& b, bool there_a, bool there_b) {
    if (there_a && there_b) return a == b ? a : a + arrow + b;
    return there_a ? a + arrow + QString::fromUtf8("–") : QString::fromUtf8("–") + arrow + b;
}

QString length(const Nanoseconds (&value)[2], const std::uint64_t (&count)[2], Verdict verdict) {
    if (count[0] == 0 && count[1] == 0) return {};
    QString text = pair(formatDuration(value[0]), formatDuration(value[1]), count[0] > 0, count[1] > 0);
    if (verdict != Verdict::same && value[0] > 0) {
        const qint64 percent = percent_of(value[1] - value[0], value[0]);
        text += QString("  %1%2 %").arg(percent > 0 ? "+" : "").arg(percent);
    }
    return text;
}

}  // namespace

void DiffModel::setRows(std::vector<DiffRow> rows, bool all) {
    beginResetModel();
    rows_ = std::move(rows);
    if (!all) std::erase_if(rows_, [](const DiffRow& row) { return row.verdict == Verdict::same; });
    endResetModel();
}

int DiffModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int DiffModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : column_count;
}

QString DiffModel::verdictWord(Verdict verdict) {
    switch (verdict) {
        case Verdict::same:
            return tr("same");
        case Verdict::faster:
            return tr("faster");
        case Verdict::slower:
            return tr("slower");
        case Verdict::gone:
            return tr("gone");
        case Verdict::added:
            break;
    }
    return tr("new");
}

QString DiffModel::text(const DiffRow& row, int column) const {
    const auto line = [&](int side) {
        return QString("%1:%2").arg(QString::fromStdString(row.file)).arg(row.line[side]);
    };
    switch (column) {
        case VerdictColumn:
            return verdictWord(row.verdict);
        case Coroutine:
            return QString::fromStdString(row.function);
        case Place:
            if (row.file.empty()) return {};
            if (row.there[0] && row.there[1] && row.line[0] != row.line[1])
                return line(0) + arrow + QString::number(row.line[1]);
            return line(row.there[0] ? 0 : 1);
        case Count: {
            const auto& count = what_ == What::lines ? row.waits.count : row.tasks;
            return pair(formatCount(count[0]), formatCount(count[1]), row.there[0], row.there[1]);
        }
        case StepMiddle:
            return length(row.steps.p50, row.steps.count, row.steps.middle);
        case StepTail:
            return length(row.steps.p99, row.steps.count, row.steps.tail);
        case WaitMiddle:
            return length(row.waits.p50, row.waits.count, row.waits.middle);
        case WaitTail:
            return length(row.waits.p99, row.waits.count, row.waits.tail);
        default:
            return {};
    }
}

Verdict DiffModel::verdict(const DiffRow& row, int column) const {
    switch (column) {
        case VerdictColumn:
            return row.verdict;
        case StepMiddle:
            return row.steps.middle;
        case StepTail:
            return row.steps.tail;
        case WaitMiddle:
            return row.waits.middle;
        case WaitTail:
            return row.waits.tail;
        default:
            return Verdict::same;
    }
}

QVariant DiffModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const DiffRow& row = at(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return text(row, index.column());
        case Qt::ToolTipRole:
            return plainTip(text(row, index.column()));
        case Qt::TextAlignmentRole:
            return static_cast<int>((index.column() >= Count ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case VerdictRole:
            return static_cast<int>(verdict(row, index.column()));
        case FunctionRole:
            return QString::fromStdString(row.function);
        default:
            return {};
    }
}

QVariant DiffModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section >= Count ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const bool lines = what_ == What::lines;
    switch (section) {
        case VerdictColumn:
            return tr("B is");
        case Coroutine:
            return tr("Coroutine");
        case Place:
            return tr("Line");
        case Count:
            return lines ? tr("Waits") : tr("Tasks");
        case StepMiddle:
            return tr("Step p50");
        case StepTail:
            return tr("Step p99");
        case WaitMiddle:
            return lines ? tr("Wait p50") : tr("Lag p50");
        case WaitTail:
            return lines ? tr("Wait p99") : tr("Lag p99");
        default:
            return {};
    }
}

}  // namespace awaitscope::ui
