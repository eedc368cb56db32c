// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/findings_model.hpp"

#include <algorithm>
#include <numeric>

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

/// Which row of before each of them is, or -1: the same place or the same begin, since a finding that grows may learn
/// of either. Each row is at most one of them.
std::vector<int> sameFindings(const std::vector<ShownFinding>& before, const std::vector<ShownFinding>& now) {
    std::vector<int> found(now.size(), -1);
    std::vector<bool> taken(before.size());
    const auto match = [&](auto&& same) {
        for (std::size_t i = 0; i < now.size(); ++i)
            for (std::size_t row = 0; row < before.size() && found[i] < 0; ++row) {
                if (taken[row] || before[row].finding.kind != now[i].finding.kind || !same(before[row], now[i]))
                    continue;
                found[i] = static_cast<int>(row);
                taken[row] = true;
            }
    };
    const auto same_begin = [](const ShownFinding& a, const ShownFinding& b) {
        return a.finding.begin_event == b.finding.begin_event;
    };
    const auto same_key = [](const ShownFinding& a, const ShownFinding& b) { return a.key == b.key; };
    match([&](const ShownFinding& a, const ShownFinding& b) { return same_begin(a, b) && same_key(a, b); });
    match(same_key);
    match(same_begin);
    return found;
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

/// Rows that stay are changed in place, or moved, so that a list keeps its selection and its scroll while findings
/// come, grow and go.
void FindingsModel::update() {
    std::vector<ShownFinding> wanted;
    count_ = muted_count_ = 0;
    for (const ShownFinding& finding : watch_.findings()) {
        const bool muted = watch_.isMuted(finding);
        ++(muted ? muted_count_ : count_);
        if ((!muted || muted_shown_) && matches(finding, filter_)) wanted.push_back(finding);
    }
    const std::vector<int> before = sameFindings(rows_, wanted);
    std::vector<int> numbers(rows_.size());  // that the rows had before
    std::iota(numbers.begin(), numbers.end(), 0);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (std::ranges::find(before, row) != before.end()) continue;
        beginRemoveRows({}, row, row);
        rows_.erase(rows_.begin() + row);
        numbers.erase(numbers.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < static_cast<int>(wanted.size()); ++row) {
        ShownFinding& finding = wanted[static_cast<std::size_t>(row)];
        const int number = before[static_cast<std::size_t>(row)];
        if (number < 0) {
            beginInsertRows({}, row, row);
            rows_.insert(rows_.begin() + row, std::move(finding));
            numbers.insert(numbers.begin() + row, number);
            endInsertRows();
            continue;
        }
        const auto at = static_cast<int>(std::ranges::find(numbers, number) - numbers.begin());
        if (at != row) {  // further down: those above stand already where they belong
            beginMoveRows({}, at, at, {}, row);
            std::rotate(rows_.begin() + row, rows_.begin() + at, rows_.begin() + at + 1);
            std::rotate(numbers.begin() + row, numbers.begin() + at, numbers.begin() + at + 1);
            endMoveRows();
        }
        rows_[static_cast<std::size_t>(row)] = std::move(finding);
    }
    if (!rows_.empty()) emit dataChanged(index(0), index(rowCount() - 1));
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
