// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/trace_job.hpp"

#include <utility>

namespace awaitscope::ui {

TraceJob::TraceJob(QObject* parent) : QObject(parent) {
    pool_.setMaxThreadCount(1);
}

TraceJob::~TraceJob() {
    cancelled_ = true;
    pool_.waitForDone();
}

void TraceJob::start(Work work) {
    if (busy_)
        next_ = std::move(work);
    else
        launch(std::move(work));
}

void TraceJob::launch(Work work) {
    busy_ = true;
    pool_.start([this, work = std::move(work)] {
        Deliver deliver = work();
        {
            const std::lock_guard lock(mutex_);
            finished_ = std::move(deliver);
        }
        QMetaObject::invokeMethod(this, &TraceJob::deliver, Qt::QueuedConnection);
    });
}

void TraceJob::deliver() {
    Deliver finished;
    {
        const std::lock_guard lock(mutex_);
        finished = std::exchange(finished_, nullptr);
    }
    if (!finished) return;  // finish() or cancel() was faster
    busy_ = false;
    if (Work next = std::exchange(next_, nullptr)) launch(std::move(next));
    finished();
}

void TraceJob::finish() {
    while (busy_) {
        pool_.waitForDone();
        deliver();
    }
}

void TraceJob::cancel() {
    next_ = nullptr;
    cancelled_ = true;
    pool_.waitForDone();
    cancelled_ = false;
    const std::lock_guard lock(mutex_);
    finished_ = nullptr;
    busy_ = false;
}

}  // namespace awaitscope::ui
