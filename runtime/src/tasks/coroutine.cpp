// SPDX-License-Identifier: MIT
#include "asyncio/coroutine.hpp"

#include <cstring>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "asyncio/detail/waiter.hpp"
#include "asyncio/errors.hpp"
#include "asyncio/event_loop.hpp"
#include "runtime/src/probe_hooks.hpp"
#include "runtime/src/tasks/stack.hpp"

namespace asyncio::detail {

const char* event_name(const char* function) {
    // A lambda's own function is its call operator. The first letter is looked at by itself, since this is asked with
    // each event of a task.
    constexpr std::string_view call = "operator()";
    const bool lambda = *function == 'o' && std::strncmp(function, call.data(), call.size()) == 0 &&
                        (function[call.size()] == '\0' || function[call.size()] == '<');
    return lambda ? "<lambda>" : function;
}

namespace {
/// What stands before the template arguments, which GCC adds to a name: `fetch` of `fetch<int>`.
std::string_view without_arguments(std::string_view name) {
    if (!name.ends_with('>') || name == "operator<=>" || name.starts_with('<')) return name;
    std::size_t depth = 0;
    for (std::size_t i = name.size(); i > 0; --i) {
        if (name[i - 1] == '>') ++depth;
        if (name[i - 1] == '<' && --depth == 0) return name.substr(0, i - 1);
    }
    return name;  // operator>
}
}  // namespace

const char* display_name(const char* function) {
    const std::string_view whole = event_name(function);
    const std::string_view name = without_arguments(whole);
    if (name.size() == whole.size()) return whole.data();
    static std::mutex mutex;
    static auto* const names = new std::set<std::string, std::less<>>;  // never destroyed: static objects come after
    const std::lock_guard lock(mutex);
    const auto known = names->find(name);
    return (known != names->end() ? known : names->emplace(name).first)->c_str();
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
