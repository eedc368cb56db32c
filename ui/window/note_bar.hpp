// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"
#include "ui/window/popup_field.hpp"

namespace awaitscope::ui {

/// A field over the window for a mark's note. Return and a click elsewhere keep what was typed, Escape what was there
/// before: the mark stays with either. The view outlives it; it deletes itself when it closes.
class NoteBar : public PopupField {
    Q_OBJECT
  public:
    /// Of the mark after `event`, which is there.
    NoteBar(QWidget* parent, TraceSession& session, ViewState& view, EventIndex event);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    ViewState& view_;
    EventIndex event_;
};

}  // namespace awaitscope::ui
