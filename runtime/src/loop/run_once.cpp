// SPDX-License-Identifier: MIT
// One turn of the loop: CPython's BaseEventLoop._run_once.
#include <algorithm>
#include <string>

#include "asyncio/errors.hpp"
#include "instrumentation/probe/emit.hpp"
#include "runtime/src/loop/interrupt.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/probe_hooks.hpp"
#include "runtime/src/tasks/stack.hpp"

namespace asyncio {

using namespace std::chrono_literals;

namespace {
/// epoll's day: longer waits are cut into such.
constexpr LoopClock::duration wait_max = 24h;
/// While events are shared, the loop looks this often whether a viewer wants to know its tasks.
constexpr LoopClock::duration viewer_interval = 100ms;
/// After so many polls in a row that found nothing while handles were ready, only each eighth turn polls: no order
/// among ready handles depends on it, and a poll costs as much as ten switches.
constexpr unsigned empty_polls_max = 16;
constexpr unsigned turns_between_polls = 8;

/// Debug mode: runs a handle, and reports one that takes slow_callback_duration or longer.
void run_watched(EventLoop& loop, detail::ReadyNode& node) {
    // Kept until it has been described: it may be gone when it has run.
    detail::FutureRef task;
    Handle handle;
    if (auto* const core = dynamic_cast<detail::TaskCore*>(&node))
        task = detail::FutureRef::share(core);
    else
        handle = Handle(dynamic_cast<detail::HandleNode*>(&node));
    const TimePoint begin = loop.time();
    node.run();
    const auto took = loop.time() - begin;
    if (took < loop.slow_callback_duration) return;
    const std::string what = task            ? detail::describe(*task.get())
                             : handle.node() ? detail::describe(*handle.node())
                                             : "<Handle>";
    detail::hooks::report_slow(loop, what, took);
}
}  // namespace

void EventLoop::run_once() {
    probe_ = awaitscope::probe::emitter();
    observe();
    ++iteration_;
    Impl& impl = *impl_;
    if (impl.wakeup.pending()) [[unlikely]]
        take_posted();
    if (impl.signals) [[unlikely]]
        take_signals();
    const bool polls = ready_.empty() || impl.selector.watched() > 0;
    if (polls) poll();
    if (!impl.timers.empty()) fire_timers();
    if (detail::interrupt_pending()) [[unlikely]]
        detail::deliver_interrupt(*this);
    if (probe_) [[unlikely]] {
        if (probe_->snapshot_wanted()) detail::hooks::snapshot(*probe_, *this);
        // Reading the clock is most of what an event costs; virtual time moves by being read.
        if (polls || clock_ == Clock::virtual_time) probe_->stamp();
        detail::hooks::iteration(*probe_, *this, ready_.size(), impl.timers.size());
    }
    // Just those that are ready now; what they queue is for the next turn. When Ctrl-C or an exit leaves here, the rest
    // stays in line.
    for (std::size_t left = ready_.size(); left > 0; --left) {
        detail::ReadyNode* const node = ready_.pop();
        if (debug_) [[unlikely]]
            run_watched(*this, *node);
        else
            node->run();
    }
}

[[gnu::noinline]] void EventLoop::poll() {
    Impl& impl = *impl_;
    std::optional<LoopClock::duration> timeout = 0ns;
    if (!ready_.empty() || stopping_) {
        if (impl.selector.watched() == 0) return;  // stopping, with nothing left to do
        if (impl.empty_polls >= empty_polls_max && ++impl.turns_since_poll < turns_between_polls) return;
        impl.turns_since_poll = 0;
    } else if (!impl.timers.empty()) {
        timeout = std::clamp(impl.timers.soonest() - time(), LoopClock::duration(0), wait_max);
    } else {
        timeout = std::nullopt;
    }
    if (clock_ == Clock::virtual_time && timeout && *timeout > 0ns && impl.selector.watched() == 0 &&
        impl.outside_work == 0) {
        impl.virtual_now = impl.timers.soonest();
        if (probe_) probe_->set_virtual_time(impl.virtual_now.time_since_epoch().count());
        return;
    }

    const bool measured = probe_ || clock_ == Clock::virtual_time;
    const TimePoint begin = measured ? detail::monotonic_now() : TimePoint{};
    const int count = wait(timeout);
    const auto took = measured ? detail::monotonic_now() - begin : 0ns;
    if (clock_ == Clock::virtual_time) {
        // It had to wait for real: the virtual clock goes on by as much, or just to the timer it has waited for.
        impl.virtual_now += timeout ? std::min(took, *timeout) : took;
        if (probe_) probe_->set_virtual_time(impl.virtual_now.time_since_epoch().count());
    }
    impl.empty_polls = count > 0 ? 0 : impl.empty_polls + 1;
    if (probe_) [[unlikely]]
        detail::hooks::poll(*probe_, *this, timeout ? timeout->count() / 1000 : -1,
                            static_cast<std::uint64_t>(took.count()), static_cast<unsigned>(count));
    // What other threads have queued meanwhile stands before the descriptors, as in CPython.
    take_posted();
    take_signals();
    impl.selector.for_each_ready(count, [this](detail::HandleNode& callback, int fd, bool write) {
        if (callback.queued) return;
        callback.queued = true;
        callback.add_ref();
        ready_.push(&callback);
        if (probe_) [[unlikely]]
            detail::hooks::io_ready(*this, fd, write);
    });
    if (impl.selector.take_own_ready()) impl.wakeup.drain();
}

int EventLoop::wait(std::optional<LoopClock::duration> timeout) {
    detail::Selector& selector = impl_->selector;
    if (!probe_) [[likely]]
        return selector.wait(timeout);
    // A viewer may ask for the tasks alive at any time: an idle loop answers too, without a thread of its own.
    const TimePoint begin = detail::monotonic_now();
    for (;;) {
        const auto waited = detail::monotonic_now() - begin;
        const auto left = timeout ? std::max(*timeout - waited, LoopClock::duration(0)) : LoopClock::duration::max();
        const int count = selector.wait(std::min(left, viewer_interval));
        if (count > 0 || left <= viewer_interval || detail::interrupt_pending()) return count;
        if (probe_->snapshot_wanted()) detail::hooks::snapshot(*probe_, *this);
    }
}

void EventLoop::fire_timers() {
    const TimePoint now = time();
    while (detail::TimerNode* const timer = impl_->timers.pop_due(now)) {
        if (probe_) [[unlikely]]
            detail::hooks::timer_fired(*this, timer->id);
        ready_.push(timer);
    }
}

}  // namespace asyncio
