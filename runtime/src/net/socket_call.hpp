// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <optional>

#include "asyncio/detail/waiter.hpp"
#include "asyncio/errors.hpp"
#include "runtime/src/net/descriptor_watch.hpp"

namespace asyncio::detail {

/// A system call that is made at once and, while the kernel says "later", again in each turn in which the descriptor is
/// ready. `Attempt` is a callable that gives false for "later" and throws the call's error; it lives in the caller's
/// frame. What it has got is the caller's in the turn after, as with CPython's sock_recv() and the like.
template <class Attempt>
class SocketCall final : public OperationOf<void>, public Waiter {
  public:
    SocketCall(EventLoop& loop, int fd, bool write, Attempt& attempt)
        : loop_(loop), attempt_(attempt), fd_(fd), write_(write) {}

    bool await_ready() {
        if (attempt_()) return true;
        loop_.require_no_transport(fd_);
        watch_.emplace(loop_, fd_, write_, [this] { descriptor_ready(); });
        return false;
    }
    void suspend_at(PromiseBase& at) { suspend(at, WaitKind::io, 0); }
    void await_resume() {
        if (!watch_) return;
        watch_.reset();
        throw_if_cancelled();
        if (exception_) std::rethrow_exception(exception_);
    }

  private:
    void descriptor_ready() {
        if (done()) return;  // the task's step stands in the queue
        try {
            if (!attempt_()) return;
        } catch (const KeyboardInterrupt&) {
            throw;
        } catch (const SystemExit&) {
            throw;
        } catch (...) {
            exception_ = std::current_exception();
        }
        wake();
    }

    EventLoop& loop_;
    Attempt& attempt_;
    std::optional<DescriptorWatch> watch_;
    std::exception_ptr exception_;
    int fd_;
    bool write_;
};

}  // namespace asyncio::detail
