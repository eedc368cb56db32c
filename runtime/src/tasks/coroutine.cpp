// SPDX-License-Identifier: MIT
#include "asyncio/coroutine.hpp"

#include <cstring>
#include <mutex>
#include <unordered_map>

#include "asyncio/detail/waiter.hpp"
#include "asyncio/errors.hpp"
#include "asyncio/event_loop.hpp"
#include "runtime/src/probe_hooks.hpp"
#include "runtime/src/tasks/stack.hpp"

namespace asyncio::detail {

const char* display_name(const char* function) {
    // A lambda's own function is its call operator. The first letter is looked at by itself, since this is asked with
    // each event of a task.
    return *function == 'o' && std::strcmp(function, "operator()") == 0 ? "<lambda>" : function;
}

void PromiseBase::become_child_of(PromiseBase& parent, CoroutineAwaiterBase* awaiter) {
    parent_ = &parent;
    awaiter_ = awaiter;
    task_ = parent.task_;
    depth_ = parent.depth_ + 1;
    task_->run_next(this);
    if (auto* probe = task_->loop()->probe()) [[unlikely]]
        hooks::coroutine_entered(*probe, *this);
}

void PromiseBase::at_end() noexcept {
    if (!parent_) {
        task_->unwound_ = true;
        return;
    }
    task_->run_next(parent_);
    if (auto* probe = task_->loop()->probe()) [[unlikely]]
        hooks::coroutine_left(*probe, *this);
}

constinit std::atomic<int> origin_trackers{0};

namespace {
/// Coroutines may go in another thread than the one that has made them.
struct Origins {
    std::mutex mutex;
    std::unordered_map<const PromiseBase*, std::vector<FrameSummary>> frames;
};
Origins& origins() {
    static Origins* const all = new Origins;  // never destroyed: coroutines of static objects come after
    return *all;
}
}  // namespace

bool note_origin(const PromiseBase& promise) noexcept {
    EventLoop* const loop = running_loop_of_thread;
    if (!loop || !loop->current_task()) return false;
    try {
        auto frames = stack_of(*loop->current_task());
        const std::scoped_lock lock(origins().mutex);
        origins().frames.insert_or_assign(&promise, std::move(frames));
        return true;
    } catch (const std::bad_alloc&) {
        return false;
    }
}

void forget_origin(const PromiseBase& promise) noexcept {
    const std::scoped_lock lock(origins().mutex);
    origins().frames.erase(&promise);
}

std::vector<FrameSummary> origin_of(const PromiseBase& promise) {
    const std::scoped_lock lock(origins().mutex);
    const auto found = origins().frames.find(&promise);
    return found == origins().frames.end() ? std::vector<FrameSummary>() : found->second;
}

void throw_awaited_twice() {
    throw RuntimeError("cannot reuse already awaited coroutine");
}

void report_never_awaited(PromiseBase& promise) noexcept {
    hooks::report_never_awaited(promise);
}

struct ForeignWaitBase::Link {
    ForeignWaitBase* waiter;  ///< nullptr when nobody waits any more
    std::coroutine_handle<> bridge;
};

/// A coroutine of one step, whose handle the awaiter gets. It frees itself when it has run; one that is never resumed
/// stays, as any coroutine does that nobody resumes.
struct ForeignWaitBase::Bridge {
    struct promise_type {
        Bridge get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        void unhandled_exception() const { throw; }
    };
    std::coroutine_handle<> handle;
};

ForeignWaitBase::Bridge ForeignWaitBase::resume_waiter(std::shared_ptr<Link> link) {
    if (link->waiter) link->waiter->wake();
    co_return;
}

std::coroutine_handle<> ForeignWaitBase::begin(PromiseBase& at) {
    link_ = std::make_shared<Link>(Link{this, nullptr});
    link_->bridge = resume_waiter(link_).handle;
    waited_ = true;
    suspend(at, WaitKind::future, 0);
    return link_->bridge;
}

ForeignWaitBase::~ForeignWaitBase() {
    if (link_) link_->waiter = nullptr;
}

bool ForeignWaitBase::take_back() {
    if (done()) return false;
    waited_ = false;
    link_->waiter = nullptr;
    std::exchange(link_->bridge, nullptr).destroy();
    task_->take_back_suspension();
    return true;
}

void Wait::throw_cancelled() {
    task_->throw_wait_cancelled();
}

void Waiter::require_alive(bool alive) {
    if (!alive) throw RuntimeError("the primitive was destroyed while a task waited for it");
}

}  // namespace asyncio::detail
