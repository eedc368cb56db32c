// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <functional>
#include <mutex>

namespace awaitscope::ui {

/// Computes something in another thread, one thing at a time: what is asked for meanwhile waits, and only the newest of
/// it is done. So a view may ask with every step of the cursor, however long the trace. Use it in one thread.
class TraceJob : public QObject {
    Q_OBJECT
  public:
    /// Puts what was computed to use, in the thread that asked.
    using Deliver = std::function<void()>;
    /// Runs in another thread, and must own what it uses, or use what outlives the job. It does not throw.
    using Work = std::function<Deliver()>;

    explicit TraceJob(QObject* parent = nullptr);
    /// Waits for what is under way; nothing is delivered any more.
    ~TraceJob() override;

    void start(Work work);
    bool isBusy() const { return busy_; }
    /// Whether nobody waits for the work under way any more, so that it may end early. For any thread.
    bool isCancelled() const { return cancelled_; }
    /// Waits until all that was asked for is delivered: for pictures and tests.
    void finish();
    /// Drops what is under way, undelivered, and waits until it no longer uses anything.
    void cancel();

  private:
    void launch(Work work);
    void deliver();

    QThreadPool pool_;
    bool busy_ = false;
    Work next_;
    std::atomic<bool> cancelled_ = false;
    std::mutex mutex_;
    Deliver finished_;  ///< guarded by mutex_
};

}  // namespace awaitscope::ui
