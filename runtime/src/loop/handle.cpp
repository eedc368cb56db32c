// SPDX-License-Identifier: MIT
#include "asyncio/handle.hpp"

#include "asyncio/errors.hpp"
#include "asyncio/event_loop.hpp"
#include "runtime/src/probe_hooks.hpp"
#include "runtime/src/tasks/stack.hpp"

namespace asyncio::detail {

void HandleNode::run() {
    // Goes last, after what runs in its context: with it this may go.
    struct Finish {
        HandleNode& node;
        ~Finish() { node.finish_run(); }
    } finish{*this};
    queued = false;
    if (cancelled()) return;
    running_ = true;
    const hooks::CallbackTimer timer(*loop_, id);
    const ContextScope context(context_);
    try {
        call();
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (const SystemExit&) {
        throw;
    } catch (...) {
        ExceptionContext told{.message = "Exception in callback " + function_name() + "()",
                              .exception = std::current_exception(),
                              .future = std::nullopt,
                              .handle = Handle(this)};
        hooks::report(*loop_, told, hooks::Report::callback_failed);
    }
}

std::string HandleNode::function_name() const {
    return callback_name(callback_type());
}

void HandleNode::keep_creation() {
    note_creation(*loop_, this);
    creation_kept_ = true;
}

void HandleNode::forget_creation() noexcept {
    detail::forget_creation(this);
}

void HandleNode::finish_run() {
    running_ = false;
    if (cancelled() || !persistent_) clear();
    release();
}

void HandleNode::cancel() {
    if (cancelled_.exchange(true, std::memory_order_relaxed)) return;
    const bool was_set = is_set();
    if (was_set) loop_->remove_timer(*this);
    if (was_set || queued) (is_timer_ ? hooks::timer_cancelled : hooks::callback_cancelled)(*loop_, id);
    // A callback that cancels itself is let go of when it returns.
    if (!running_) clear();
    if (was_set) release();
}

}  // namespace asyncio::detail
