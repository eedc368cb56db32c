// SPDX-License-Identifier: MIT
#include "asyncio/detail/future_core.hpp"

#include "asyncio/errors.hpp"
#include "asyncio/event_loop.hpp"
#include "runtime/src/probe_hooks.hpp"
#include "runtime/src/tasks/stack.hpp"

namespace asyncio::detail {

void DoneNode::schedule(FutureCore& future) {
    if (future.loop()->is_closed()) [[unlikely]]
        return orphaned();  // nobody would ever take it out of the queue
    future.loop()->ready().push(this);
}

FutureCore::FutureCore(EventLoop* loop, WaitKind kind, void* value) : loop_(loop), value_(value), kind_(kind) {
    loop->future_born();
}

FutureCore::~FutureCore() {
    if (creation_kept_) [[unlikely]]
        forget_creation(this);
    loop_->future_gone();
}

void FutureCore::detach(TaskCore& task) noexcept {
    nodes_.remove(&task);
}

bool FutureCore::cancel(const std::string& message) {
    exception_retrieved_ = true;
    if (done()) return false;
    finish_cancelled(message);
    return true;
}

void FutureCore::finish_cancelled(const std::string& message) {
    cancel_message_ = message.empty() ? nullptr : std::make_unique<std::string>(message);
    complete(State::cancelled);
}

void FutureCore::fail(std::exception_ptr exception) {
    exception_ = std::move(exception);
    exception_retrieved_ = false;
    complete(State::failed);
}

void FutureCore::complete(State state) {
    if (loop_->observed() && !nodes_.empty()) [[unlikely]]
        loop_->check_thread();
    state_ = state;
    if (kind_ != WaitKind::task) hooks::future_done(*this);  // a task's end is an event of its own
    while (!nodes_.empty()) nodes_.pop_front()->schedule(*this);
}

void FutureCore::require_pending() const {
    if (done()) throw InvalidStateError("invalid state");
    if (loop_->observed() && !nodes_.empty()) [[unlikely]]
        loop_->check_thread();
}

void FutureCore::set_exception_checked(std::exception_ptr exception) {
    require_pending();
    if (!exception) throw TypeError("exception must not be empty");
    fail(std::move(exception));
}

std::exception_ptr FutureCore::peek_outcome() const {
    return state_ == State::cancelled && !exception_ ? cancellation() : exception_;
}

std::exception_ptr FutureCore::cancellation() const {
    return std::make_exception_ptr(cancel_message_ ? CancelledError(*cancel_message_) : CancelledError());
}

std::exception_ptr FutureCore::outcome() {
    exception_retrieved_ = true;
    // As in CPython, a task's own CancelledError, with its message, is for the first who asks.
    if (state_ == State::cancelled && exception_) return std::exchange(exception_, nullptr);
    return peek_outcome();
}

void FutureCore::rethrow_unless_finished() {
    if (state_ == State::finished) [[likely]]
        return;
    if (state_ == State::pending) throw InvalidStateError("Result is not set.");
    std::rethrow_exception(outcome());
}

std::exception_ptr FutureCore::exception() {
    if (state_ == State::pending) throw InvalidStateError("Exception is not set.");
    if (state_ == State::cancelled) std::rethrow_exception(outcome());
    return outcome();
}

void FutureCore::add_done_node(DoneNode* node) {
    if (done())
        node->schedule(*this);
    else
        nodes_.push_back(node);
}

std::size_t FutureCore::remove_done_callback(std::uint64_t callback_id) {
    std::size_t removed = 0;
    for (DoneNode* node = nodes_.front(); node;) {
        DoneNode* const next = nodes_.next(node);
        if (node->callback_id() == callback_id) {
            nodes_.remove(node);
            node->orphaned();
            ++removed;
        }
        node = next;
    }
    return removed;
}

bool FutureCore::may_be_destroyed() noexcept {
    const bool lost_error = state_ == State::failed && !exception_retrieved_;
    const bool lost_task = state_ == State::pending && as_task() && !destruction_reported_;
    if (lost_error || lost_task) {
        exception_retrieved_ = destruction_reported_ = true;
        refs_ = 1;
        lost_error ? hooks::report_never_retrieved(*this) : hooks::report_destroyed_pending(*this);
        if (--refs_ > 0) return false;
    }
    while (!nodes_.empty()) nodes_.pop_front()->orphaned();
    return true;
}

void register_future(FutureCore& core, const std::source_location& where) {
    hooks::future_created(core);
    if (core.loop()->get_debug()) [[unlikely]]
        core.keep_creation(where);
}

void FutureCore::keep_creation(const std::source_location& where) {
    note_creation(*loop_, this, where);
    creation_kept_ = true;
}

std::vector<std::uint64_t> FutureCore::awaiters() const {
    std::vector<std::uint64_t> ids;
    for (const DoneNode* node = nodes_.front(); node; node = nodes_.next(const_cast<DoneNode*>(node)))
        node->add_awaiters(ids);
    return ids;
}

std::uint64_t running_task_id() noexcept {
    const TaskCore* const task = running_loop_of_thread ? running_loop_of_thread->current_task() : nullptr;
    return task ? task->id() : 0;
}

void report_callback_failure(EventLoop& loop, const std::type_info& callback) {
    // A future's callback runs without a handle of its own; who is told gets one, as of any callback that has run.
    const auto nothing = [] {};
    auto* const node = new HandleOf<std::decay_t<decltype(nothing)>>(&loop, nothing);
    const Handle handle(node);
    node->release();
    ExceptionContext context{.message = "Exception in callback " + callback_name(callback) + "()",
                             .exception = std::current_exception(),
                             .future = std::nullopt,
                             .handle = handle};
    hooks::report(loop, context, hooks::Report::callback_failed);
}

}  // namespace asyncio::detail
