// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "asyncio/detail/primitive.hpp"

namespace asyncio {

class Event;

namespace detail {

/// `co_await event.wait()`. Gives true.
class [[nodiscard("wait() does nothing until it is awaited")]] EventWait final : public OperationOf<bool>,
                                                                                 public Waiter {
  public:
    explicit EventWait(Event & event) : event_(&event) {}
    bool await_ready() const;
    void suspend_at(PromiseBase & at);
    bool await_resume();
    operator Coroutine<bool>()&& {
        return wait(*event_);
    }

  private:
    static Coroutine<bool> wait(Event & event) {
        co_return co_await EventWait(event);
    }
    Event* event_;
    bool waited_ = false;
};

}  // namespace detail

/// Python's Event: tasks wait until it is set. set() wakes all that wait, even if clear() follows at once.
class Event {
  public:
    Event() = default;
    explicit Event(std::string_view name) : primitive_(name) {}
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    detail::EventWait wait() { return detail::EventWait(*this); }
    void set();
    void clear() { set_ = false; }
    bool is_set() const { return set_; }

  private:
    friend detail::EventWait;
    detail::Primitive primitive_{};
    detail::WaitLine waiters_;
    bool set_ = false;
};

}  // namespace asyncio
