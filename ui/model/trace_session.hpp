// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>

#include "instrumentation/source/event_source.hpp"
#include "instrumentation/trace/growing_trace.hpp"

namespace awaitscope::ui {

/// A source, the thread that reads it, and the trace that grows from it. Views read through a TraceReader, under which
/// the trace stands still (see GrowingTrace): hold one for a paint or a refresh, never across a return to Qt's loop,
/// and never two at once in a thread (the second may wait for an appender that waits for the first). Signals come in
/// the thread that made the session; both are queued, so none comes before its caller is back in Qt's loop.
class TraceSession : public QObject {
    Q_OBJECT
  public:
    /// The trace may take `memory_most` bytes; see GrowingTrace.
    explicit TraceSession(std::unique_ptr<EventSource> source, QObject* parent = nullptr,
                          std::size_t memory_most = GrowingTrace::default_memory());
    ~TraceSession() override;

    using TraceReader = GrowingTrace::Reader;
    /// From any thread, while the session lives.
    TraceReader trace() const;

    SourceInfo info() const;
    bool ended() const;
    /// How much of the source has been read, from 0 to 1; nothing where nobody knows how much there will be, and once
    /// it has ended.
    std::optional<double> progress() const;
    /// Ends the reading here: what has been read stays, and ended() comes, with a note that says so.
    void stopReading();
    QString note() const;                 ///< how it ended, for the user; empty while there is nothing to say
    double eventsPerSecond() const;       ///< over the last second
    std::uint64_t unknownEvents() const;  ///< of kinds this build does not know, left out

    /// Folds the trace's oldest detail: numbers of events and tasks change, so nobody may keep any meanwhile.
    GrowingTrace::Renumbering fold();
    bool foldDue() const;
    std::size_t memoryBytes() const;

    /// How long views waited for the reading thread, and the reading thread for views.
    GrowingTrace::Waits viewWaits() const;
    GrowingTrace::Waits readingWaits() const;

  signals:
    void foldWanted();  ///< the trace has taken its memory: fold() is due
    void grown();       ///< events have come; at most once a display frame
    void ended(QString note);

  private:
    struct Private;
    std::unique_ptr<Private> d_;
};

}  // namespace awaitscope::ui
