// SPDX-License-Identifier: MIT
// CPython's timeouts.py.
#include "asyncio/timeout.hpp"

#include "asyncio/errors.hpp"

namespace asyncio {

TimePoint detail::deadline(LoopClock::duration delay) {
    return saturating_add(require_running_loop().time(), delay);
}

void Timeout::enter() {
    task_ = detail::current_task_core();
    if (!task_) throw RuntimeError("Timeout should be used inside a task");
    state_ = State::active;
    cancelling_ = task_->cancelling();
    arm();
}

void Timeout::arm() {
    handle_.cancel();
    handle_ = Handle();
    if (!when_) return;
    EventLoop& loop = *task_->loop();
    if (*when_ <= loop.time())
        handle_ = loop.call_soon([this] { on_timeout(); });
    else
        handle_ = loop.call_at(*when_, [this] { on_timeout(); });
}

void Timeout::reschedule(std::optional<TimePoint> when) {
    if (state_ != State::active) {
        constexpr const char* names[] = {"created", "active", "expiring", "expired", "finished"};
        if (state_ == State::created) throw RuntimeError("Timeout has not been entered");
        throw RuntimeError(std::string("Cannot change state of ") + names[static_cast<unsigned>(state_)] + " Timeout");
    }
    when_ = when;
    arm();
}

void Timeout::on_timeout() {
    task_->cancel({});
    state_ = State::expiring;
    handle_ = Handle();
}

std::exception_ptr Timeout::exit(const std::exception_ptr& exception) {
    handle_.cancel();
    handle_ = Handle();
    if (state_ == State::active) {
        state_ = State::finished;
        return nullptr;
    }
    state_ = State::expired;
    if (task_->uncancel() > cancelling_ || !exception) return nullptr;
    try {
        std::rethrow_exception(exception);
    } catch (const CancelledError&) {
        return std::make_exception_ptr(TimeoutError());
    } catch (...) {
        return nullptr;
    }
}

}  // namespace asyncio
