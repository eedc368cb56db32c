// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"

class QLabel;
class QLineEdit;

namespace awaitscope::ui {

/// A field over the window where a moment is typed (see readGoTo()), and below it what is there. Return goes, Escape
/// and a click elsewhere leave the cursor alone. Session and view outlive it; it deletes itself when it closes.
class GoToBar : public QFrame {
    Q_OBJECT
  public:
    static GoToBar* open(QWidget* parent, TraceSession& session, ViewState& view);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    GoToBar(QWidget* parent, TraceSession& session, ViewState& view);
    void preview();
    void go();

    TraceSession& session_;
    ViewState& view_;
    QLineEdit* field_;
    QLabel* words_;
};

}  // namespace awaitscope::ui
