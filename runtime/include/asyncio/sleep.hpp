// SPDX-License-Identifier: MIT
#pragma once

#include "asyncio/detail/waiter.hpp"
#include "asyncio/event_loop.hpp"

namespace asyncio {

namespace detail {

/// A sleep inside the sleeper's frame: the timer and the future of CPython's sleep() in one. As there, the timer's
/// handle wakes the sleeper, which runs in the turn after.
class SleepBase : public Wait, public TimerNode {
  public:
    void run() override { wake(); }
    void drop() noexcept override {}
    void detach(TaskCore&) noexcept override;

  protected:
    explicit SleepBase(LoopClock::duration delay) : delay_(delay) {}
    ~SleepBase() = default;
    void begin(PromiseBase& at) {
        if (delay_ > LoopClock::duration::zero()) {
            set_timer(at);
        } else {
            task_ = at.task();
            state_ = State::woken;
            task_->yield_from(at);
        }
    }
    void end() {
        if (is_set()) [[unlikely]]
            clear_timer();
        throw_if_cancelled();
    }
    LoopClock::duration delay_;

  private:
    void set_timer(PromiseBase& at);
    void clear_timer();
};

template <class T>
class [[nodiscard("sleep() does nothing until it is awaited")]] Sleep final : public OperationOf<T>, public SleepBase {
  public:
    Sleep(LoopClock::duration delay, T result) : SleepBase(delay), result_(std::move(result)) {}
    bool await_ready() const {
        return false;
    }
    void suspend_at(PromiseBase & at) {
        begin(at);
    }
    T await_resume() {
        end();
        return std::move(result_);
    }
    operator Coroutine<T>()&& {
        return sleep(delay_, std::move(result_));
    }

  private:
    static Coroutine<T> sleep(LoopClock::duration delay, T result) {
        co_return co_await Sleep(delay, std::move(result));
    }
    T result_;
};

template <>
class [[nodiscard("sleep() does nothing until it is awaited")]] Sleep<void> final
    : public OperationOf<void>,
      public SleepBase{public : explicit Sleep(LoopClock::duration delay) : SleepBase(delay){} bool await_ready()
                           const {return false;
}  // namespace detail
void suspend_at(PromiseBase& at) {
    begin(at);
}
void await_resume() {
    end();
}
operator Coroutine<void>() && {
    return sleep(delay_);
}

private:
static Coroutine<void> sleep(LoopClock::duration delay) {
    co_await Sleep(delay);
}
};  // namespace asyncio

}  // namespace detail

/// Suspends the task for at least `delay`; sleep(0s) gives way for one turn. ValueError for a NaN.
template <class R, class P>
detail::Sleep<void> sleep(std::chrono::duration<R, P> delay) {
    return detail::Sleep<void>(detail::to_loop_duration(delay));
}
/// The same, and gives `result`.
template <class R, class P, class T>
detail::Sleep<std::decay_t<T>> sleep(std::chrono::duration<R, P> delay, T&& result) {
    return detail::Sleep<std::decay_t<T>>(detail::to_loop_duration(delay), std::forward<T>(result));
}

}  // namespace asyncio
