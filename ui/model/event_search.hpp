// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <array>
#include <memory>
#include <vector>

#include "ui/model/event_matcher.hpp"
#include "ui/model/trace_session.hpp"

namespace awaitscope::ui {

/// Looks through all events of a session for those that pass a filter, in threads of its own, and goes on as events
/// come. Hits arrive in order, in batches, while it looks. The trace is held for short stretches only. GUI thread.
class EventSearch : public QObject {
    Q_OBJECT
  public:
    /// The session outlives it.
    explicit EventSearch(TraceSession& session, QObject* parent = nullptr);
    ~EventSearch() override;

    /// Lets go of what was found, and looks for this instead.
    void start(const EventFilter& filter);
    /// Lets go of what was found, and looks for nothing.
    void stop();
    bool active() const { return job_ != nullptr; }
    /// Whether there are events it has not looked at.
    bool busy() const { return busy_; }
    double progress() const;  ///< from 0 to 1
    /// Events, ascending.
    const std::vector<std::uint32_t>& hits() const { return hits_; }
    /// Another number whenever hits() has changed.
    std::uint64_t version() const { return version_; }

    /// The hit after or before an event, round the end; no_event when there is none. While it is busy, not round.
    EventIndex next(EventIndex cursor) const;
    EventIndex previous(EventIndex cursor) const;

  signals:
    /// Hits come: the next ones are added to hits() between these two.
    void aboutToAdd(std::size_t count);
    void added();
    /// A task got a name that is found: between these two its events come in among the hits there are.
    void aboutToMix();
    void mixed();
    void busyChanged(bool busy);

  private:
    struct Job;
    /// What has been found in each slice of a batch: told at once, in order, whichever thread has found it.
    using Hits = std::array<std::vector<std::uint32_t>, 32>;
    void cancel();
    void goOn();
    void take();
    static void run(const std::shared_ptr<Job>& job);
    static void look(Job& job, EventIndex first, EventIndex last, Hits& hits);
    static std::vector<std::uint32_t> lookBack(Job& job, const std::vector<TaskIndex>& renamed);
    void mix(std::vector<std::uint32_t> late);

    TraceSession& session_;
    std::shared_ptr<Job> job_;
    std::vector<std::uint32_t> hits_;
    EventIndex seen_ = 0, known_ = 0;  ///< events looked at, and those there were then
    std::uint64_t version_ = 0;
    bool busy_ = false;
};

}  // namespace awaitscope::ui
