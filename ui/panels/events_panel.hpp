// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/model/event_log_model.hpp"
#include "ui/model/view_state.hpp"
#include "ui/panels/panel_style.hpp"

class QLabel;
class QMenu;
class QTableView;
class QToolButton;

namespace awaitscope::ui {

class FilterField;
class EmptyState;
class EventDelegate;

/// The raw log. Follows the cursor; a click moves it. Narrowed by text and by kind. Session and view outlive it.
class EventsPanel : public QWidget {
    Q_OBJECT
  public:
    EventsPanel(TraceSession& session, ViewState& view, QWidget* parent = nullptr);

    /// The filter's fields; stand in the dock's title row, so the panel makes them but does not lay them out.
    QWidget* filterBar() const { return bar_; }
    FilterField* filterField() const { return text_; }
    /// The groups of kinds that are shown; none: all.
    QStringList chosenGroups() const;
    QTableView* table() const { return table_; }
    EventLogModel& model() { return model_; }
    /// Shows events of these groups only ("tasks", "output", ...): those of the menu; an empty list shows all.
    void showGroups(const QStringList& groups);
    void setPanelStyle(const PanelStyle& style);
    static QString about();

  private:
    void buildBar();
    void takeGroups();
    void applyFilter();
    void followCursor();
    void showCursor();
    void slide();
    void rowsChanged();
    void showFound();
    void go(const QModelIndex& index);

    ViewState& view_;
    EventLogModel model_;
    QWidget* bar_;
    FilterField* text_;
    QLabel* found_;  ///< how many events pass the filter, and how far it has come
    QLabel* part_;   ///< which part of the list the rows are, where they are not all of it
    QToolButton* kinds_;
    QMenu* menu_;
    QTableView* table_;
    EventDelegate* delegate_;
    EmptyState* empty_;
    bool follows_ = true;  ///< the cursor: until the user scrolls away, beyond the rows there are
    bool sliding_ = false;
};

}  // namespace awaitscope::ui
