// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/findings_model.hpp"

#include <algorithm>

#include "ui/model/finding_words.hpp"
#include "ui/model/format.hpp"
#include "ui/model/plain_tip.hpp"

namespace awaitscope::ui {
namespace {

bool matches(const ShownFinding& finding, const QString& filter) {
    if (filter.isEmpty()) return true;
    const QString all = phraseText(finding.info().title) + ' ' + toQString(finding.info().name) + ' ' + finding.what +
                        ' ' + finding.place + ' ' + finding.function;
    return all.contains(filter, Qt::CaseInsensitive);
}

}  // namespace

FindingsModel::FindingsModel(FindingsWatch& watch, QObject* parent) : QAbstractListModel(parent), watch_(watch) {
    connect(&watch_, &FindingsWatch::changed, this, &FindingsModel::update);
    update();
}

void FindingsModel::setFilter(const QString& text) {
    filter_ = text.trimmed();
    update();
}

void FindingsModel::setMutedShown(bool shown) {
    muted_shown_ = shown;
    update();
}

/// Rows that stay are changed in place, so that a list keeps its selection and its scroll while findings come.
void FindingsModel::update() {
    std::vector<ShownFinding> wanted;
    count_ = muted_count_ = 0;
    for (const ShownFinding& finding : watch_.findings()) {
        const bool muted = watch_.isMuted(finding);
        ++(muted ? muted_count_ : count_);
        if ((!muted || muted_shown_) && matches(finding, filter_)) wanted.push_back(finding);
    }
    std::size_t same = 0;
    while (same < rows_.size() && same < wanted.size() && rows_[same].key == wanted[same].key) ++same;
    if (same < rows_.size()) {
        beginRemoveRows({}, static_cast<int>(same), static_cast<int>(rows_.size()) - 1);
        rows_.resize(same);
        endRemoveRows();
    }
    std::copy_n(wanted.begin(), same, rows_.begin());
    if (same > 0) emit dataChanged(index(0), index(static_cast<int>(same) - 1));
    if (wanted.size() > same) {
        beginInsertRows({}, static_cast<int>(same), static_cast<int>(wanted.size()) - 1);
        rows_ = std::move(wanted);
        endInsertRows();
    }
}

const ShownFinding* FindingsModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

int FindingsModel::rowOf(const QString& key) const {
    const auto found = std::ranges::find(rows_, key, &ShownFinding::key);
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int FindingsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
    const ShownFinding* finding = index.isValid() ? at(index.row()) : nullptr;
    if (!finding) return {};
    switch (role) {
        case Qt::DisplayRole:
            return finding->what;
        case Qt::ToolTipRole:
            return plainTip(finding->what);
        case Qt::AccessibleTextRole:
            return tr("%1: %2. %3 %4")
                .arg(severityWord(finding->finding.severity), phraseText(finding->info().title), finding->what,
                     finding->place);
        case TitleRole:
            return phraseText(finding->info().title);
        case SeverityRole:
            return static_cast<int>(finding->finding.severity);
        case PlaceRole:
            return finding->place;
        case CountRole:
            return static_cast<qulonglong>(finding->finding.count);
        case MutedRole:
            return watch_.isMuted(*finding);
        case UncertainRole:
            return finding->finding.uncertain;
        default:
            return {};
    }
}

}  // namespace awaitscope::ui
