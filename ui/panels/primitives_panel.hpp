// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/model/primitive_table_model.hpp"
#include "ui/panels/panel_style.hpp"

class QScrollArea;
class QTableView;

namespace awaitscope::ui {

class FilterField;
class EmptyState;
class PrimitiveDelegate;
class PrimitiveDetails;

/// Locks, events, conditions, semaphores, barriers and queues at the cursor as a table, and beside it the chosen one.
/// Session and view outlive it.
class PrimitivesPanel : public QWidget {
    Q_OBJECT
  public:
    PrimitivesPanel(TraceSession& session, ViewState& view, QWidget* parent = nullptr);

    /// Narrows the table; stands in the dock's title row, so the panel makes it but does not lay it out.
    FilterField* filterField() const { return filter_; }
    QTableView* table() const { return table_; }
    PrimitiveTableModel& model() { return model_; }
    PrimitiveDetails* details() const { return details_; }
    /// Chooses the one with this id, whatever the filter says.
    void choose(Id id);
    void setPanelStyle(const PanelStyle& style);
    static QString about();

  protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void showRows();
    void fitColumns();
    void showDetails();
    void goToLast();

    TraceSession& session_;
    ViewState& view_;
    PrimitiveTableModel model_;
    Id chosen_ = 0;
    FilterField* filter_;
    QTableView* table_;
    PrimitiveDelegate* delegate_;
    PrimitiveDetails* details_;
    QScrollArea* side_;
    QWidget* rule_;
    EmptyState* empty_;
    int level_width_ = 0;  ///< of its column, which a narrow table hides
    bool fitting_ = false;
    bool fitted_by_hand_ = false;  ///< somebody moved a column's edge: they stay as they are
};

}  // namespace awaitscope::ui
