// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <shared_mutex>

#include "instrumentation/source/event_source.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// A source, the thread that reads it, and the trace that grows from it. Views read through a TraceReader, which keeps
/// the reading thread from appending meanwhile: hold one for a paint or a refresh, never across a return to Qt's loop,
/// and never two at once in a thread (the second may wait for a writer that waits for the first). Signals come in the
/// thread that made the session; both are queued, so none comes before its caller is back in Qt's loop.
class TraceSession : public QObject {
    Q_OBJECT
  public:
    explicit TraceSession(std::unique_ptr<EventSource> source, QObject* parent = nullptr);
    ~TraceSession() override;

    /// A lock and the trace behind it.
    class TraceReader {
      public:
        TraceReader(std::shared_mutex& mutex, const Trace& trace) : lock_(mutex), trace_(&trace) {}
        const Trace* operator->() const { return trace_; }
        const Trace& operator*() const { return *trace_; }

      private:
        std::shared_lock<std::shared_mutex> lock_;
        const Trace* trace_;
    };
    TraceReader trace() const;

    SourceInfo info() const;
    bool ended() const;
    QString note() const;                 ///< how it ended, for the user; empty while there is nothing to say
    double eventsPerSecond() const;       ///< over the last second
    std::uint64_t unknownEvents() const;  ///< of kinds this build does not know, left out

  signals:
    void grown();  ///< events have come; at most once a display frame
    void ended(QString note);

  private:
    struct Private;
    std::unique_ptr<Private> d_;
};

}  // namespace awaitscope::ui
