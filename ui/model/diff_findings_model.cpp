// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/diff_findings_model.hpp"

#include "ui/model/diff_model.hpp"
#include "ui/model/finding_words.hpp"
#include "ui/model/format.hpp"
#include "ui/model/plain_tip.hpp"

namespace awaitscope::ui {

void DiffFindingsModel::setRows(std::vector<DiffFinding> rows, bool all) {
    beginResetModel();
    rows_ = std::move(rows);
    if (!all) std::erase_if(rows_, [](const DiffFinding& row) { return row.verdict == Verdict::same; });
    endResetModel();
}

int DiffFindingsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int DiffFindingsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : column_count;
}

QString DiffFindingsModel::text(const DiffFinding& row, int column) {
    switch (column) {
        case VerdictColumn:
            return row.verdict == Verdict::same ? tr("in both") : DiffModel::verdictWord(row.verdict);
        case Title: {
            const QString title =
                tr("%1: %2").arg(severityWord(row.finding.severity), phraseText(info_of(row.finding.kind).title));
            return row.finding.uncertain ? tr("%1, uncertain").arg(title) : title;
        }
        case What:
            return sentenceText(row.finding.what);
        case Place:
            return QString::fromStdString(row.place);
        case Begin:
            return (row.finding.begun_before ? tr("before %1 of %2") : tr("%1 of %2"))
                .arg(formatTime(row.finding.begin), row.side() == 0 ? "A" : "B");
        default:
            return {};
    }
}

QVariant DiffFindingsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const DiffFinding& row = at(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return text(row, index.column());
        case Qt::ToolTipRole:
            return plainTip(text(row, index.column()));
        case DiffModel::VerdictRole:
            return static_cast<int>(index.column() == VerdictColumn ? row.verdict : Verdict::same);
        default:
            return {};
    }
}

QVariant DiffFindingsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case VerdictColumn:
            return tr("It is");
        case Title:
            return tr("Finding");
        case What:
            return tr("What happened");
        case Place:
            return tr("Line");
        case Begin:
            return tr("Since");
        default:
            return {};
    }
}

}  // namespace awaitscope::ui
