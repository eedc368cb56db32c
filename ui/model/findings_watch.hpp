// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <atomic>
#include <memory>
#include <vector>

#include "instrumentation/analysis/finding.hpp"
#include "ui/model/place_words.hpp"
#include "ui/model/trace_job.hpp"
#include "ui/model/trace_session.hpp"

namespace awaitscope {
class Analyzer;
}

namespace awaitscope::ui {

/// A finding with the words that need the trace, ready for views.
struct ShownFinding {
    Finding finding;
    QString what;
    QString place;     ///< "server.cpp:30", "after server.cpp:30"; empty where no line is known
    QString stack;     ///< how the program came there, where that was seen: a line a frame, "parse, server.py:30"
    QString function;  ///< the coroutine there
    struct TaskName {
        TaskIndex task;
        QString name;
    };
    std::vector<TaskName> tasks;
    TaskIndex task = no_task;  ///< of the event to look at, or else the first one concerned
    QString key;               ///< names it across runs: see finding_key()
    const FindingInfo& info() const { return info_of(finding.kind); }
};

/// Looks for findings in a session's trace, in another thread, as it grows: what was looked at is not looked at again.
/// While the source lives it also looks at the clock, for a loop that is blocked says nothing. GUI thread only; the
/// session outlives it.
class FindingsWatch : public QObject {
    Q_OBJECT
  public:
    explicit FindingsWatch(TraceSession& session, QObject* parent = nullptr);
    ~FindingsWatch() override;

    TraceSession& session() const { return session_; }
    /// What has been found, the worst first, the muted ones too.
    const std::vector<ShownFinding>& findings() const { return findings_; }
    bool isMuted(const ShownFinding& finding) const { return muted_.contains(finding.key); }
    /// Remembered, for every session of this user.
    void setMuted(const QString& key, bool muted);
    /// Tells lines so from now on.
    void setPlaces(PlaceWords places);
    /// How much of the trace has been looked at, from 0 to 1.
    double progress() const { return progress_; }
    /// Waits until everything that is there has been looked at: for pictures and tests.
    void finish();

  signals:
    void changed();  ///< other findings, another progress, or one was muted; at most some times a second

  private:
    struct Result;
    void look();
    void lookLater();
    void take(Result result);

    static constexpr int pause_ms = 250;
    static constexpr int clock_ms = 1000;

    TraceSession& session_;
    std::shared_ptr<Analyzer> analyzer_;  ///< the job's alone while it runs
    std::shared_ptr<std::atomic<bool>> stop_;
    std::vector<ShownFinding> findings_;
    PlaceWords places_;
    QStringList muted_;
    double progress_ = 0;
    bool grown_ = false;  ///< since the job under way began
    QTimer pause_;
    QTimer clock_;
    QElapsedTimer since_last_;
    TraceJob job_;
};

}  // namespace awaitscope::ui
