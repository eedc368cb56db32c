// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"

namespace awaitscope::ui {

/// The user's marks, a row each in the order of time. Notes can be edited.
class MarkTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Time, Event, Note, ColumnCount };

    MarkTableModel(TraceSession& session, ViewState& view, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    EventIndex eventOf(int row) const;  ///< no_event for a row that is not there
    int rowOf(EventIndex event) const;  ///< -1: there is no mark

  private:
    void take();

    TraceSession& session_;
    ViewState& view_;
    std::vector<std::pair<EventIndex, QString>> rows_;
};

}  // namespace awaitscope::ui
