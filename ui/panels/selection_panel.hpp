// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/model/in_words.hpp"
#include "ui/model/selection_summary.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"
#include "ui/panels/panel_style.hpp"

class QLabel;
class QStackedWidget;
class QVBoxLayout;

namespace awaitscope::ui {

class EmptyState;
class FigureTable;
class WhenSeen;

/// The selected task at the cursor, else the one that runs: who waits for whom around it, where its time went, how
/// often it ran. While a live program is followed and no task is selected, how its loop is doing: which task runs
/// changes too often to be read. Session and view outlive it.
class SelectionPanel : public QWidget, public Tabular {
    Q_OBJECT
  public:
    SelectionPanel(TraceSession& session, ViewState& view, QWidget* parent = nullptr);

    void setPanelStyle(const PanelStyle& style);
    const SelectionSummary& summary() const;
    /// What was found last, in a line, for the summary of the loop; empty: nothing.
    void setLatestFinding(const QString& text);
    /// What it says of the task, or of the loop, a line each.
    QString table() const override;
    static QString about();

  signals:
    void latestFindingWanted();  ///< it was clicked

  private:
    void buildLoop();
    void refresh();
    void showLoop();
    void showSummary(TaskIndex task);
    void showChain();
    void showTimes();
    void showSteps();

    TraceSession& session_;
    ViewState& view_;
    WhenSeen* seen_;
    PanelStyle style_;
    SelectionSummary summary_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    QLabel* name_;
    QLabel* subtitle_;
    QLabel* state_;
    QLabel* error_;
    QVBoxLayout* chain_;
    QString shown_chain_;  ///< what the chips were made from: they are made anew only on a change
    FigureTable* times_;
    FigureTable* steps_;
    QWidget* task_page_;
    QWidget* loop_page_;
    FigureTable* loop_;
    QLabel* finding_;
    QString latest_;     ///< what it says; empty: nothing was found
    QTimer loop_pause_;  ///< runs while figures are left to be read
};

}  // namespace awaitscope::ui
