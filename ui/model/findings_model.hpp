// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

#include "ui/model/findings_watch.hpp"

namespace awaitscope::ui {

/// The findings of a watch as a list, the worst first; narrowed by text, and by what was muted. The watch outlives it.
class FindingsModel : public QAbstractListModel {
    Q_OBJECT
  public:
    enum Role {
        TitleRole = Qt::UserRole + 1,  ///< "Blocked loop"
        SeverityRole,                  ///< an int of Severity
        PlaceRole,                     ///< "server.cpp:30"
        CountRole,                     ///< how often
        MutedRole,
        UncertainRole,
    };

    explicit FindingsModel(FindingsWatch& watch, QObject* parent = nullptr);

    void setFilter(const QString& text);
    /// Muted ones are left out unless they are asked for.
    void setMutedShown(bool shown);
    bool mutedShown() const { return muted_shown_; }
    int mutedCount() const { return muted_count_; }
    /// Findings that are not muted, whatever the filter: what a title counts.
    int count() const { return count_; }
    /// nullptr for a row that is not there.
    const ShownFinding* at(int row) const;
    int rowOf(const QString& key) const;  ///< -1: none

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

  private:
    void update();

    FindingsWatch& watch_;
    std::vector<ShownFinding> rows_;
    QString filter_;
    bool muted_shown_ = false;
    int muted_count_ = 0;
    int count_ = 0;
};

}  // namespace awaitscope::ui
