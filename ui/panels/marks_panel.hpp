// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/model/mark_table_model.hpp"
#include "ui/panels/panel_style.hpp"

class QTableView;

namespace awaitscope::ui {

class EmptyState;
class RowDelegate;

/// The user's marks with their notes. Session and view outlive it.
class MarksPanel : public QWidget {
    Q_OBJECT
  public:
    MarksPanel(TraceSession& session, ViewState& view, QWidget* parent = nullptr);

    QTableView* table() const { return table_; }
    MarkTableModel& model() { return model_; }
    void setPanelStyle(const PanelStyle& style);
    static QString about();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void showRows();
    void go(const QModelIndex& index);

    ViewState& view_;
    MarkTableModel model_;
    QTableView* table_;
    RowDelegate* delegate_;
    EmptyState* empty_;
};

}  // namespace awaitscope::ui
