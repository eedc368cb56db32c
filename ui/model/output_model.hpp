// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"

namespace awaitscope::ui {

/// What the program had printed by the cursor, a row an output. Rows come and go at the end as the cursor moves.
class OutputModel : public QAbstractListModel {
    Q_OBJECT
  public:
    enum Role {
        EventRole = Qt::UserRole,  ///< the EventIndex, as a qulonglong
        TaskRole,                  ///< who printed it; no_task when it was no task
        TimeRole,                  ///< Nanoseconds, as a qlonglong
    };

    OutputModel(TraceSession& session, ViewState& view, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

  private:
    void moveTo(EventIndex cursor);

    TraceSession& session_;
    int count_ = 0;
};

}  // namespace awaitscope::ui
