// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"
#include "ui/window/popup_field.hpp"

namespace awaitscope::ui {

/// A field over the window where a moment is typed (see readGoTo()), and below it what is there. Return goes, Escape
/// and a click elsewhere leave the cursor alone. Session and view outlive it; it deletes itself when it closes.
class GoToBar : public PopupField {
    Q_OBJECT
  public:
    GoToBar(QWidget* parent, TraceSession& session, ViewState& view);

  private:
    void preview();
    void go();

    TraceSession& session_;
    ViewState& view_;
};

}  // namespace awaitscope::ui
