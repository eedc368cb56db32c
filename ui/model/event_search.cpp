// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/event_search.hpp"

#include <QSemaphore>
#include <QThread>
#include <QThreadPool>
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>

namespace awaitscope::ui {
namespace {

/// Events looked at under one hold of the trace: under a millisecond.
constexpr EventIndex slice_events = 1 << 15;

}  // namespace

/// What the thread that looks and the one that shows share. The looking thread's end is waited for before the session
/// goes, so both see a trace that is there.
struct EventSearch::Job {
    Job(EventSearch& from, const EventFilter& filter) : owner(from), session(from.session_), matcher(filter) {}

    EventSearch& owner;
    TraceSession& session;
    EventMatcher matcher;  ///< the looking threads' own: one of them learns, then all look
    EventIndex next = 0;   ///< the first looking thread's own
    std::atomic<bool> cancelled = false;

    std::mutex mutex;  ///< guards the rest
    std::condition_variable ended;
    bool running = false;
    bool told = false;  ///< take() is on its way
    std::vector<std::uint32_t> found;
    std::vector<std::uint32_t> late;  ///< of what was looked at before; some of them are known already
    EventIndex seen = 0, known = 0;
};

EventSearch::EventSearch(TraceSession& session, QObject* parent) : QObject(parent), session_(session) {
    connect(&session_, &TraceSession::grown, this, &EventSearch::goOn);
}

EventSearch::~EventSearch() {
    cancel();
}

void EventSearch::cancel() {
    if (!job_) return;
    job_->cancelled = true;
    std::unique_lock lock(job_->mutex);
    job_->ended.wait(lock, [this] { return !job_->running; });  // for a slice, at most
    lock.unlock();
    job_.reset();
    hits_ = {};
    ++version_;
    seen_ = known_ = 0;
}

void EventSearch::start(const EventFilter& filter) {
    cancel();
    job_ = std::make_shared<Job>(*this, filter);
    goOn();
}

void EventSearch::stop() {
    cancel();
    if (std::exchange(busy_, false)) emit busyChanged(false);
}

double EventSearch::progress() const {
    return known_ == 0 ? 0 : static_cast<double>(seen_) / static_cast<double>(known_);
}

void EventSearch::goOn() {
    if (!job_) return;
    {
        const std::lock_guard lock(job_->mutex);
        if (std::exchange(job_->running, true)) return;
    }
    if (!std::exchange(busy_, true)) emit busyChanged(true);
    QThreadPool::globalInstance()->start([job = job_] { run(job); });
}

/// Looks at the events [first, last), a slice after the other, with as many threads as there are to spare.
void EventSearch::look(Job& job, EventIndex first, EventIndex last, Hits& hits) {
    std::atomic<std::size_t> next = 0;
    const auto slices = static_cast<std::size_t>((last - first + slice_events - 1) / slice_events);
    const auto work = [&] {
        for (std::size_t slice = next++; slice < slices && !job.cancelled; slice = next++) {
            const EventIndex begin = first + slice * slice_events;
            job.matcher.find(*job.session.trace(), begin, std::min(last, begin + slice_events), hits[slice]);
        }
    };
    QSemaphore done;
    int helpers = 0;
    while (helpers + 1 < std::min<int>(QThread::idealThreadCount(), static_cast<int>(slices)) &&
           QThreadPool::globalInstance()->tryStart([&] {
               work();
               done.release();
           }))
        ++helpers;
    work();
    done.acquire(helpers);
}

/// The events of tasks that have got a name which is found, among those that were looked at before.
std::vector<std::uint32_t> EventSearch::lookBack(Job& job, const std::vector<TaskIndex>& renamed) {
    std::vector<std::uint32_t> late;
    for (const TaskIndex task : renamed) {
        EventIndex from = job.session.trace()->tasks()[task].created_event;
        for (; from < job.next && !job.cancelled; from += slice_events)
            job.matcher.findOf(task, *job.session.trace(), from, std::min(job.next, from + slice_events), late);
    }
    std::ranges::sort(late);
    return late;
}

void EventSearch::run(const std::shared_ptr<Job>& job) {
    Hits hits;
    std::vector<TaskIndex> renamed;
    for (bool through = false; !through;) {
        EventIndex known = 0, last = 0;
        {
            const auto trace = job->session.trace();
            known = trace->event_count();
            last = std::min(known, job->next + hits.size() * slice_events);
            renamed = job->matcher.learn(*trace);
        }
        const std::vector<std::uint32_t> late = lookBack(*job, renamed);
        for (auto& found : hits) found.clear();
        look(*job, job->next, last, hits);
        job->next = last;
        through = job->next >= known || job->cancelled;
        const std::lock_guard lock(job->mutex);
        for (const auto& found : hits) job->found.insert(job->found.end(), found.begin(), found.end());
        job->late.insert(job->late.end(), late.begin(), late.end());
        job->seen = job->next;
        job->known = known;
        if (!job->cancelled && !std::exchange(job->told, true))
            QMetaObject::invokeMethod(
                &job->owner,
                [&owner = job->owner, told = std::weak_ptr(job)] {
                    if (const auto job = told.lock(); job && job == owner.job_) owner.take();
                },
                Qt::QueuedConnection);
        if (!through) continue;
        job->running = false;
        job->ended.notify_all();
    }
}

void EventSearch::take() {
    std::vector<std::uint32_t> found, late;
    bool running = false;
    {
        const std::lock_guard lock(job_->mutex);
        job_->told = false;
        found.swap(job_->found);
        late.swap(job_->late);
        seen_ = job_->seen;
        known_ = job_->known;
        running = job_->running;
    }
    if (!found.empty()) {
        emit aboutToAdd(found.size());
        ++version_;
        // Room for all there may be, of which only what is used takes memory: to move ten millions would take long.
        if (hits_.capacity() < hits_.size() + found.size()) hits_.reserve(known_ + known_ / 2);
        hits_.insert(hits_.end(), found.begin(), found.end());
        emit added();
    }
    if (!late.empty()) mix(std::move(late));
    if (running) return;
    if (session_.trace()->event_count() > seen_) {  // they came as it left off
        goOn();
    } else if (std::exchange(busy_, false)) {
        emit busyChanged(false);
    }
}

void EventSearch::mix(std::vector<std::uint32_t> late) {
    std::ranges::sort(late);
    std::vector<std::uint32_t> fresh;
    std::ranges::set_difference(late, hits_, std::back_inserter(fresh));
    if (fresh.empty()) return;
    emit aboutToMix();
    ++version_;
    const auto middle = static_cast<std::ptrdiff_t>(hits_.size());
    hits_.insert(hits_.end(), fresh.begin(), fresh.end());
    std::ranges::inplace_merge(hits_, hits_.begin() + middle);
    emit mixed();
}

EventIndex EventSearch::next(EventIndex cursor) const {
    const auto after = cursor == no_event ? hits_.begin() : std::upper_bound(hits_.begin(), hits_.end(), cursor);
    if (after != hits_.end()) return *after;
    return hits_.empty() || busy_ ? no_event : hits_.front();
}

EventIndex EventSearch::previous(EventIndex cursor) const {
    const auto at = cursor == no_event ? hits_.begin() : std::lower_bound(hits_.begin(), hits_.end(), cursor);
    if (at != hits_.begin()) return *(at - 1);
    return hits_.empty() || busy_ ? no_event : hits_.back();
}

}  // namespace awaitscope::ui
