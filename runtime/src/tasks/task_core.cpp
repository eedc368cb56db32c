// SPDX-License-Identifier: MIT
#include "asyncio/detail/task_core.hpp"

#include <algorithm>
#include <atomic>
#include <typeinfo>

#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#endif

#include "asyncio/detail/promise.hpp"
#include "asyncio/errors.hpp"
#include "asyncio/event_loop.hpp"
#include "instrumentation/probe/emit.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/probe_hooks.hpp"
#include "runtime/src/tasks/generator_exit.hpp"
#include "runtime/src/tasks/stack.hpp"

namespace asyncio::detail {
namespace {

/// CPython's _task_name_counter: one for the process, counted only for tasks that were given no name.
std::atomic<std::uint64_t> task_names{0};

std::uint64_t next_number() {
#if __has_include(<sys/single_threaded.h>)
    // An atomic addition costs as much as a whole switch, and most programs have one thread.
    if (__libc_single_threaded) {
        const auto number = task_names.load(std::memory_order_relaxed) + 1;
        task_names.store(number, std::memory_order_relaxed);
        return number;
    }
#endif
    return task_names.fetch_add(1, std::memory_order_relaxed) + 1;
}

enum class Ending { cancelled, fatal, failed };

Ending classify(const std::exception_ptr& exception) {
    if (*exception.__cxa_exception_type() == typeid(CancelledError)) return Ending::cancelled;
    try {
        std::rethrow_exception(exception);
    } catch (const CancelledError&) {
        return Ending::cancelled;
    } catch (const KeyboardInterrupt&) {
        return Ending::fatal;
    } catch (const SystemExit&) {
        return Ending::fatal;
    } catch (...) {
        return Ending::failed;
    }
}

std::unique_ptr<std::string> text_or_none(const std::string& text) {
    return text.empty() ? nullptr : std::make_unique<std::string>(text);
}

}  // namespace

TaskCore::TaskCore(EventLoop* loop, PromiseBase* root, void* value, std::string_view name)
    : FutureCore(loop, WaitKind::task, value), root_(root), top_(root), context_(copy_context()) {
    if (name.empty())
        number_ = next_number();
    else
        name_ = std::make_unique<std::string>(name);
    id_ = awaitscope::probe::next_id();
    refs_ = 2;
    if (TaskCore* creator = loop->current_task()) parent_id_ = creator->id();
}

void launch(EventLoop& loop, TaskCore& task, const std::source_location& where) {
    loop.impl().tasks.push_back(&task);
    ++loop.impl().tasks_alive;
    const bool eager = loop.starts_eagerly();
    if (!eager) task.start();  // first: an event tells of what has happened
    if (loop.observed() || running_loop_of_thread != &loop) [[unlikely]] {  // run() makes its task before the loop runs
        hooks::task_created(task, where);
        if (loop.get_debug()) task.keep_creation(where);
    }
    if (eager) task.start_eagerly();
}

void TaskCore::start() {
    queue();
}

void TaskCore::start_eagerly() {
    EventLoop& loop = *loop_;
    TaskCore* const creator = loop.current_task();
    struct Restore {
        EventLoop& loop;
        TaskCore* creator;
        ~Restore() {
            loop.set_current_task(creator);
            if (auto* probe = loop.probe(); probe && creator) [[unlikely]]
                hooks::task_running(*probe, *creator);
        }
    } restore{loop, creator};
    step();
}

void TaskCore::queue() {
    queued_ = true;
    loop_->ready().push(this);
}

std::string TaskCore::name() const {
    return name_ ? *name_ : "Task-" + std::to_string(number_);
}

void TaskCore::set_name(std::string name) {
    name_ = std::make_unique<std::string>(std::move(name));
    hooks::task_renamed(*this);
}

const char* TaskCore::coro_name() const {
    return display_name(root_->function());
}

inline void TaskCore::resume_all() {
    const ContextScope context(context_);
    while (PromiseBase* promise = next_) {
        next_ = nullptr;
        top_ = promise;  // what asks for the stack of the running task begins here
        promise->handle().resume();
    }
}

/// Cancelled before its first step: the body never runs.
[[gnu::noinline]] void TaskCore::end_unstarted() {
    root_->exception() = std::make_exception_ptr(cancel_message_ ? CancelledError(*cancel_message_) : CancelledError());
    unwound_ = true;
}

void TaskCore::step() {
    queued_ = false;
    EventLoop& loop = *loop_;
    awaitscope::probe::Emitter* const probe = loop.probe();
    loop.set_current_task(this);
    if (probe) [[unlikely]]
        hooks::task_running(*probe, *this);

    Suspender* const suspender = std::exchange(waiting_on_, nullptr);
    if (suspender && suspender->may_hang_again && !must_cancel_ && !suspender->wait_is_over()) {
        loop.set_current_task(nullptr);
        if (probe) [[unlikely]]
            hooks::task_suspended(*probe, *this);
        return;
    }
    if (started_) [[likely]] {
        next_ = top_;
        resume_all();
    } else {
        started_ = true;
        if (must_cancel_) [[unlikely]] {
            end_unstarted();
        } else {
            next_ = root_;
            resume_all();
        }
    }
    if (unwound_) return end();
    loop.set_current_task(nullptr);
    if (probe) [[unlikely]]
        hooks::task_suspended(*probe, *this);
}

void TaskCore::end() {
    const std::exception_ptr exception = std::move(root_->exception());
    bool fatal = false;
    if (!exception) {
        // A value returned by a task that was asked to end is dropped.
        if (must_cancel_)
            finish_cancelled(cancel_message_ ? *cancel_message_ : std::string());
        else
            finish();
    } else {
        switch (classify(exception)) {
            case Ending::cancelled:
                exception_ = exception;
                finish_cancelled({});
                break;
            case Ending::fatal:
                fatal = true;
                [[fallthrough]];
            case Ending::failed:
                fail(exception);
                break;
        }
    }
    must_cancel_ = false;
    if (unwinding_ && unwinding_->exception != exception_) unwinding_ = nullptr;  // it was caught on the way
    if (unwinding_) std::ranges::reverse(unwinding_->frames);
    EventLoop& loop = *loop_;
    loop.set_current_task(nullptr);  // not before: whom its end wakes, this task has woken
    if (loop.probe()) [[unlikely]]
        hooks::task_done(*this);
    loop.impl().tasks.remove(this);
    --loop.impl().tasks_alive;
    release();
    if (fatal) std::rethrow_exception(exception);
}

bool TaskCore::cancel(const std::string& message) {
    exception_retrieved_ = true;
    if (done()) return false;
    // Down a chain of tasks that await each other. Brent's algorithm finds the ring that would have no end: the one
    // met after each power of two steps is looked out for.
    TaskCore* task = this;
    const TaskCore* met = nullptr;
    for (std::size_t steps = 1, until = 1;; ++steps) {
        ++task->cancels_requested_;
        hooks::task_cancel_requested(*task);
        TaskCore* const next = task->waiting_on_ ? task->waiting_on_->awaited_task() : nullptr;
        if (!next || next->done()) break;
        if (next == met) throw RuntimeError("maximum recursion depth exceeded: tasks await each other in a ring");
        if (steps == until) {
            met = next;
            until *= 2;
        }
        task = next;
        task->exception_retrieved_ = true;
    }
    if (task->waiting_on_ && task->waiting_on_->cancel_wait(message)) return true;
    task->must_cancel_ = true;
    task->cancel_message_ = text_or_none(message);
    return true;
}

void TaskCore::set_wait_cancel_text(const std::string& message) {
    wait_cancel_message_ = text_or_none(message);
}

void TaskCore::throw_wait_cancelled() {
    must_cancel_ = false;
    const auto message = std::move(wait_cancel_message_);
    throw message ? CancelledError(*message) : CancelledError();
}

int TaskCore::uncancel() {
    if (cancels_requested_ > 0 && --cancels_requested_ == 0) must_cancel_ = false;
    return cancels_requested_;
}

void TaskCore::cancel_at_once() {
    if (waiting_on_->cancel_wait(cancel_message_ ? *cancel_message_ : std::string())) must_cancel_ = false;
}

void TaskCore::throw_due() {
    const std::exception_ptr pending = std::exchange(pending_exception_, nullptr);
    if (!must_cancel_) std::rethrow_exception(pending);
    must_cancel_ = false;
    throw cancel_message_ ? CancelledError(*cancel_message_) : CancelledError();
}

void TaskCore::yield_from(PromiseBase& at) {
    top_ = &at;
    wait_kind_ = WaitKind::yield;
    wait_object_ = 0;
    queue();
}

void TaskCore::await_future(FutureCore& future, PromiseBase& at) {
    const auto refuse = [&](const std::string& why) {
        pending_exception_ = std::make_exception_ptr(RuntimeError(why));
        yield_from(at);
    };
    if (&future == static_cast<FutureCore*>(this)) return refuse("Task cannot await on itself: " + name());
    if (future.loop() != loop_) return refuse("Task " + name() + " got a Future attached to a different loop");
    future.add_done_node(this);
    suspend_on(future, at, future.kind(), future.id());
}

void TaskCore::wake() {
    if (loop_->observed()) [[unlikely]]
        return wake_observed();
    queue();
}

void TaskCore::wake_observed() {
    loop_->check_thread();
    queue();
    if (auto* probe = loop_->probe()) hooks::task_ready(*probe, *this);
}

void TaskCore::note_unwound(PromiseBase& promise) noexcept {
    const std::exception_ptr& exception = promise.exception();
    const std::type_info& type = *exception.__cxa_exception_type();
    if (type == typeid(CancelledError) || type == typeid(GeneratorExit)) return;
    try {
        if (!unwinding_ || unwinding_->exception != exception)
            unwinding_ = std::make_unique<Unwinding>(Unwinding{exception, {}});
        unwinding_->frames.push_back(frame_of(promise));
    } catch (const std::bad_alloc&) {
        unwinding_ = nullptr;
    }
}

void TaskCore::abandon() noexcept {
    Suspender* const suspender = std::exchange(waiting_on_, nullptr);
    if (suspender) suspender->detach(*this);
    if (started_) {
        must_cancel_ = false;
        pending_exception_ = std::make_exception_ptr(GeneratorExit());
        next_ = top_;
        loop_->set_current_task(this);
        resume_all();
        loop_->set_current_task(nullptr);
        if (!unwound_) {
            destruction_reported_ = true;
            ExceptionContext context{.message = "coroutine '" + std::string(coro_name()) + "' ignored GeneratorExit",
                                     .exception = nullptr,
                                     .future = std::nullopt,
                                     .handle = std::nullopt};
            hooks::report_quietly(*loop_, context, hooks::Report::other);
            if (Suspender* const again = std::exchange(waiting_on_, nullptr)) again->detach(*this);
        }
    }
    while (!nodes_.empty()) nodes_.pop_front()->orphaned();
}

void TaskCore::dispose() {
    if (!may_be_destroyed()) return;
    if (waiting_on_) waiting_on_->detach(*this);
    // A frame may hold the last handle of another task, whose frame holds that of another: those that go while one goes
    // wait in line for it, or a hundred thousand of them would overflow the stack.
    static thread_local constinit ReadyQueue* line = nullptr;
    if (line) return line->push(this);
    ReadyQueue others;
    line = &others;
    destroy_coroutines();  // and with them this task
    while (!others.empty()) static_cast<TaskCore*>(others.pop())->destroy_coroutines();
    line = nullptr;
}

void TaskCore::destroy_coroutines() noexcept {
    // Innermost first, and by this loop: a chain of a hundred thousand frames would overflow the stack if each frame's
    // destructor destroyed the next one.
    PromiseBase* promise = started_ && !unwound_ ? top_ : root_;
    while (promise != root_) {
        PromiseBase* const parent = promise->parent();
        // A generator's frame is its owner's, in a frame further out.
        if (auto* const awaiter = promise->awaiter()) {
            awaiter->forget_frame();
            promise->handle().destroy();
        }
        promise = parent;
    }
    promise->handle().destroy();  // and with it this task
}

}  // namespace asyncio::detail
