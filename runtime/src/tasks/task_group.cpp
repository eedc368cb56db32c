// SPDX-License-Identifier: MIT
// CPython 3.13's taskgroups.py.
#include "asyncio/task_group.hpp"

#include <type_traits>
#include <utility>

namespace asyncio {
namespace {

template <class... E>
bool holds(const std::exception_ptr& exception) {
    if (!exception) return false;
    bool found = false;
    const auto catches = [&]<class One>(std::type_identity<One>) {
        try {
            std::rethrow_exception(exception);
        } catch (const One&) {
            found = true;
        } catch (...) {
        }
    };
    (catches(std::type_identity<E>{}), ...);
    return found;
}

}  // namespace

TaskGroup::TaskGroup() : loop_(&detail::require_running_loop()), parent_(loop_->current_task()) {
    if (!parent_) throw RuntimeError("TaskGroup cannot determine the parent task");
}

const char* TaskGroup::why_not() const {
    if (exiting_ && tasks_left_ == 0) return "TaskGroup is finished";
    if (aborting_) return "TaskGroup is shutting down";
    return nullptr;
}

void TaskGroup::discard(detail::PromiseBase& promise) {
    promise.handle().destroy();
}

void TaskGroup::add(const AnyFuture& task) {
    const std::size_t index = tasks_.size();
    try {
        tasks_.push_back(task);
        detail::add_awaiting_callback<AnyFuture>(
            *task.core(), [this, index](const AnyFuture&) { task_done(index); }, parent_->id());
    } catch (...) {
        // No memory to be told of its end: it ends before it begins.
        tasks_.resize(index);
        task.cancel();
        throw;
    }
    ++tasks_left_;
}

void TaskGroup::note_base_error(const std::exception_ptr& exception) {
    if (!base_error_ && holds<KeyboardInterrupt, SystemExit>(exception)) base_error_ = exception;
}

void TaskGroup::abort() {
    aborting_ = true;
    for (const AnyFuture& task : tasks_)
        if (task && !task.done()) task.cancel();
}

void TaskGroup::task_done(std::size_t index) {
    const AnyFuture task = std::exchange(tasks_[index], AnyFuture());
    --tasks_left_;
    if (all_done_ && tasks_left_ == 0 && !all_done_->done()) all_done_->set_result();
    if (task.cancelled()) return;
    const auto exception = task.exception();
    if (!exception) return;
    errors_.push_back(exception);
    note_base_error(exception);
    if (!aborting_ && !parent_cancel_requested_) {
        // The body is told by a cancellation of the task it runs in, which the group takes back at the end.
        abort();
        parent_cancel_requested_ = true;
        parent_->cancel({});
    }
}

Coroutine<> TaskGroup::exit(std::exception_ptr body) {
    exiting_ = true;
    note_base_error(body);
    const bool body_cancelled = holds<CancelledError>(body);
    std::exception_ptr cancellation = body_cancelled ? body : nullptr;
    if (body && !aborting_) abort();
    while (tasks_left_ > 0) {
        auto* const state = new detail::FutureState<void>(loop_, detail::WaitKind::group);
        detail::register_future(*state);
        all_done_ = Future<>(detail::FutureRef::adopt(state));
        const Future<> waited = *all_done_;
        try {
            co_await waited;
        } catch (const CancelledError&) {
            if (!aborting_) {
                // From outside: the group ends, and the cancellation goes on.
                cancellation = std::current_exception();
                abort();
            }
        }
        all_done_.reset();
    }
    if (base_error_) std::rethrow_exception(base_error_);
    if (parent_cancel_requested_ && parent_->uncancel() == 0) cancellation = nullptr;
    if (cancellation && errors_.empty()) std::rethrow_exception(cancellation);
    if (body && !body_cancelled) errors_.push_back(body);
    if (errors_.empty()) co_return;
    if (parent_->cancelling() > 0) {
        // Keeps the count, and lets a cancellation from outside be delivered at the next co_await.
        parent_->uncancel();
        parent_->cancel({});
    }
    throw ExceptionGroup("unhandled errors in a TaskGroup", std::move(errors_));
}

}  // namespace asyncio
