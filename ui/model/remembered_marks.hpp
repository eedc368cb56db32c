// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <vector>

#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"

namespace awaitscope::ui {

/// Keeps the marks of one recording or scenario between starts (QSettings), by their time and place among the events of
/// that time: the numbers of events are others when a part is opened, or its oldest detail is folded. They come back as
/// soon as the trace has reached them; those it never reaches are kept all the same. GUI thread only.
class RememberedMarks : public QObject {
    Q_OBJECT
  public:
    /// `what` names the recording or the scenario, the same at each start. Session and view outlive it.
    RememberedMarks(TraceSession& session, ViewState& view, const QString& what, QObject* parent = nullptr);

  private:
    struct Mark {
        Nanoseconds time = 0;
        EventIndex nth = 0;  ///< among the events of that time
        QString note;
    };
    void take();
    void save() const;

    TraceSession& session_;
    ViewState& view_;
    QString key_;
    std::vector<Mark> waiting_;  ///< not reached yet, or not there
    bool taking_ = false;
};

}  // namespace awaitscope::ui
