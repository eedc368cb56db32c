// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/model/loop_moment.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"
#include "ui/panels/panel_style.hpp"

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace awaitscope::ui {

class FigureTable;
class WhenSeen;

/// What the loop holds at the cursor: the ready queue, the timers, the watched descriptors. Session and view outlive
/// it.
class LoopPanel : public QWidget {
    Q_OBJECT
  public:
    LoopPanel(TraceSession& session, ViewState& view, QWidget* parent = nullptr);

    /// Something that stands below the three columns and takes what height is left; the panel owns it from then on.
    void setBelow(QWidget* below);
    void setPanelStyle(const PanelStyle& style);
    const LoopMoment& moment() const;
    /// Ready queue, timers and descriptors at the cursor, all of them, for a spreadsheet.
    QString columnsTable() const;
    static QString about();

  private:
    struct Column {
        QString title;
        QLabel* head;
        QVBoxLayout* body;
    };
    Column addColumn(const QString& title, QHBoxLayout* row);
    void refresh();
    void showReady();
    void showTimers();
    void showWatches();
    static void showCount(const Column& column, std::size_t count);

    TraceSession& session_;
    ViewState& view_;
    WhenSeen* seen_;
    PanelStyle style_;
    LoopMoment moment_;
    Column ready_, timers_, watches_;
    QString shown_ready_;  ///< what the chips were made from
    QLabel* phase_;
    QLabel* no_timers_;
    QLabel* no_watches_;
    FigureTable* timer_table_;
    FigureTable* watch_table_;
    std::vector<TaskIndex> timer_tasks_;
    QVBoxLayout* outer_;
};

}  // namespace awaitscope::ui
