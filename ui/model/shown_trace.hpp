// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <functional>

#include "ui/model/trace_session.hpp"

namespace awaitscope::ui {

/// What a view shows: the growing trace of a session, a trace that stands still, or nothing. Neither is owned.
class ShownTrace : public QObject {
    Q_OBJECT
  public:
    explicit ShownTrace(QObject* parent = nullptr) : QObject(parent) {}

    /// A session that goes away is let go of.
    void setSession(TraceSession* session);
    /// It must outlive this, or another be set before.
    void setTrace(const Trace* trace);
    TraceSession* session() const { return session_; }

    /// Calls with the trace, if there is one, under its lock; never within one another. Returns whether there is one.
    /// For any thread, as long as nothing else is set meanwhile.
    bool with(const std::function<void(const Trace&)>& use) const;
    /// The same for who looks at very much, in another thread: to be let go of for a moment every millisecond or so, by
    /// a call of what comes with the trace, so that the session's reading goes on (see
    /// GrowingTrace::Reader::breathe()).
    using Breathe = std::function<void()>;
    bool withBreaths(const std::function<void(const Trace&, const Breathe&)>& use) const;

  signals:
    void replaced();  ///< another trace is shown, or none
    void grown();
    void ended();

  private:
    void replace(TraceSession* session, const Trace* trace);

    QPointer<TraceSession> session_;
    const Trace* still_ = nullptr;
};

}  // namespace awaitscope::ui
