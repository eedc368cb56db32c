// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <memory>
#include <type_traits>
#include <utility>

#include "asyncio/detail/waiter.hpp"

namespace asyncio::detail {

/// A task that waits through an awaiter which is not this library's: the awaiter gets a handle that stands for the
/// task's next step. It may be resumed once, in the loop's thread, at any later time: also when the task has been
/// cancelled meanwhile and is gone.
class ForeignWaitBase : public Waiter {
  protected:
    ForeignWaitBase() = default;
    ~ForeignWaitBase();
    /// Suspends the task, and makes the handle.
    std::coroutine_handle<> begin(PromiseBase& at);
    /// The awaiter did not want to wait after all. False when a cancellation has come meanwhile, which the next step
    /// will bring.
    bool take_back();
    void end() {
        if (waited_) throw_if_cancelled();
    }

  private:
    struct Link;
    struct Bridge;
    static Bridge resume_waiter(std::shared_ptr<Link> link);
    std::shared_ptr<Link> link_;
    bool waited_ = false;
};

template <class A>
class ForeignWait : public ForeignWaitBase {
  public:
    explicit ForeignWait(A&& awaiter) : awaiter_(std::forward<A>(awaiter)) {}

    bool await_ready() { return static_cast<bool>(awaiter_.await_ready()); }
    template <class P>
    bool await_suspend(std::coroutine_handle<P> handle) {
        const std::coroutine_handle<> bridge = begin(handle.promise());
        using Suspended = decltype(awaiter_.await_suspend(bridge));
        try {
            if constexpr (std::is_void_v<Suspended>) {
                awaiter_.await_suspend(bridge);
            } else if constexpr (std::is_same_v<Suspended, bool>) {
                if (!awaiter_.await_suspend(bridge)) return !take_back();
            } else {
                awaiter_.await_suspend(bridge).resume();
            }
        } catch (...) {
            if (take_back()) throw;
        }
        return true;
    }
    decltype(auto) await_resume() {
        end();
        return awaiter_.await_resume();
    }

  private:
    A awaiter_;
};

}  // namespace asyncio::detail
