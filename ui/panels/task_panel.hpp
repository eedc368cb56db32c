// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/model/task_table_model.hpp"
#include "ui/panels/panel_style.hpp"

class QTableView;

namespace awaitscope::ui {

class FilterField;
class EmptyState;
class TaskDelegate;

/// A line of source in so many pixels: "queue_workers.py:40", or "worker:40" where only that fits, or else
/// "queu…py:40": the line is always whole.
QString placeIn(const QString& place, const QString& shorter, const QFontMetrics& metrics, int width);

/// The tasks at the cursor as a table. Selecting a row selects the task everywhere. Session and view outlive it.
class TaskPanel : public QWidget {
    Q_OBJECT
  public:
    /// `filter` names its filter in the view state.
    TaskPanel(TraceSession& session, ViewState& view, const QString& filter = "tasks", QWidget* parent = nullptr);

    /// Narrows the table by name; stands in the dock's title row, so the panel makes it but does not lay it out.
    FilterField* filterField() const { return filter_; }
    QTableView* table() const { return table_; }
    TaskTableModel& model() { return model_; }
    void setPanelStyle(const PanelStyle& style);
    static QString about();

  signals:
    /// A double click: the task's life is to be looked at.
    void taskActivated(awaitscope::TaskIndex task);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void fitColumns();
    void fitRows();
    bool someAreOlder() const;
    void showSelection();
    void rowChosen();
    void showEmptyState();

    TraceSession& session_;
    ViewState& view_;
    TaskTableModel model_;
    FilterField* filter_;
    QTableView* table_;
    TaskDelegate* delegate_;
    EmptyState* empty_;
    bool showing_selection_ = false;
    bool fitting_ = false;
    bool older_shown_ = false;     ///< the columns have room for the ages of tasks older than the recording
    bool fitted_by_hand_ = false;  ///< somebody moved a column's edge: they stay as they are
};

}  // namespace awaitscope::ui
