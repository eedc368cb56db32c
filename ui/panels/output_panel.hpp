// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/model/output_model.hpp"
#include "ui/panels/panel_style.hpp"

class QListView;

namespace awaitscope::ui {

class EmptyState;
class OutputDelegate;

/// What the program had printed by the cursor. A click goes to that moment. Session and view outlive it.
class OutputPanel : public QWidget {
    Q_OBJECT
  public:
    OutputPanel(TraceSession& session, ViewState& view, QWidget* parent = nullptr);

    QListView* list() const { return list_; }
    void setPanelStyle(const PanelStyle& style);
    static QString about();

  private:
    void rowsChanged();
    void go(const QModelIndex& index);

    ViewState& view_;
    OutputModel model_;
    QListView* list_;
    OutputDelegate* delegate_;
    EmptyState* empty_;
};

}  // namespace awaitscope::ui
