// SPDX-License-Identifier: MIT
#include "asyncio/event_loop.hpp"

#include <cstdlib>
#include <string_view>

#include "asyncio/errors.hpp"
#include "instrumentation/probe/emit.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio {
namespace detail {

thread_local constinit EventLoop* running_loop_of_thread = nullptr;

std::unique_ptr<EventLoop> make_loop(Clock clock, std::string name) {
    return std::unique_ptr<EventLoop>(new EventLoop(clock, std::move(name)));
}

namespace {
/// run_until_complete's own done callback: ends the loop in the turn after. It may outlive the call, in the ready queue
/// of a loop that Ctrl-C has left.
class StopWhenDone final : public DoneNode {
  public:
    void schedule(FutureCore& future) override {
        future_ = FutureRef::share(&future);
        DoneNode::schedule(future);
    }
    void run() override {
        // An exit or Ctrl-C has left the loop already: no need to stop the next run (CPython's issue 22429).
        if (future_->state() == FutureCore::State::cancelled || !is_fatal(future_->outcome())) future_->loop()->stop();
        delete this;
    }
    void drop() noexcept override { delete this; }
    void orphaned() noexcept override { delete this; }

  private:
    static bool is_fatal(const std::exception_ptr& exception) {
        if (!exception) return false;
        try {
            std::rethrow_exception(exception);
        } catch (const KeyboardInterrupt&) {
            return true;
        } catch (const SystemExit&) {
            return true;
        } catch (...) {
            return false;
        }
    }
    FutureRef future_;
};
}  // namespace
}  // namespace detail

std::unique_ptr<EventLoop> new_event_loop(Clock clock) {
    return detail::make_loop(clock, {});
}

EventLoop::EventLoop(Clock clock, std::string name) : impl_(std::make_unique<Impl>()), clock_(clock) {
    awaitscope::probe::enable_from_environment();
    number_ = awaitscope::probe::next_loop_number();
    impl_->name = std::move(name);
    detail::tell_of_forks(*impl_);
    impl_->selector.watch_own(impl_->wakeup.fd());
    const char* debug = std::getenv("ASYNCIO_DEBUG");
    debug_ = debug && *debug && std::string_view(debug) != "0";
    probe_ = awaitscope::probe::emitter();
    observe();
    detail::hooks::loop_made(*this);
}

EventLoop::~EventLoop() {
    detail::tell_no_more_of_forks(*impl_);
}

void EventLoop::operator delete(EventLoop* loop, std::destroying_delete_t) {
    loop->close();
    loop->orphaned_ = true;
    if (loop->futures_ > 0) return;  // the last future comes here again
    loop->~EventLoop();
    ::operator delete(loop);
}

void EventLoop::require_open() const {
    if (closed_) [[unlikely]]
        throw RuntimeError("Event loop is closed");
}

void EventLoop::check_callable() const {
    require_open();
    check_thread();
}

void EventLoop::check_thread() const {
    if (!debug_) return;
    const auto thread = impl_->thread.load();
    if (thread == std::thread::id() || thread == std::this_thread::get_id()) return;
    constexpr const char* text = "Non-thread-safe operation invoked on an event loop other than the current one";
    detail::hooks::wrong_thread(*this, text);
    throw RuntimeError(text);
}

void EventLoop::set_debug(bool on) {
    debug_ = on;
    observe();
    if (running_) track_origins(on);
}

void EventLoop::track_origins(bool on) {
    if (std::exchange(tracks_origins_, on) != on) detail::origin_trackers += on ? 1 : -1;
}

bool EventLoop::is_running() const {
    return running_;
}

void EventLoop::require_runnable() const {
    require_open();
    if (running_) throw RuntimeError("This event loop is already running");
    if (detail::running_loop_of_thread) throw RuntimeError("Cannot run the event loop while another loop is running");
}

void EventLoop::run_forever() {
    require_runnable();
    struct Running {
        explicit Running(EventLoop& l) : loop(l) {
            loop.running_ = true;
            loop.impl_->thread = std::this_thread::get_id();
            detail::running_loop_of_thread = &loop;
            loop.probe_ = awaitscope::probe::emitter();
            loop.observe();
            loop.track_origins(loop.debug_);
            if (loop.probe_ && loop.clock_ == Clock::virtual_time)
                loop.probe_->set_virtual_time(loop.impl_->virtual_now.time_since_epoch().count());
            detail::hooks::loop_started(loop);
        }
        ~Running() {
            detail::hooks::loop_stopped(loop);
            loop.track_origins(false);
            if (loop.probe_ && loop.clock_ == Clock::virtual_time) loop.probe_->leave_virtual_time();
            detail::running_loop_of_thread = nullptr;
            loop.impl_->thread = std::thread::id();
            loop.set_current_task(nullptr);
            loop.stopping_ = false;
            loop.running_ = false;
        }
        EventLoop& loop;
    } running(*this);
    do run_once();
    while (!stopping_);
}

void EventLoop::run_until_done(const AnyFuture& future, bool made_here) {
    auto* const stop = new detail::StopWhenDone;
    future.core()->add_done_node(stop);
    const auto withdraw = [&] {
        if (future.done()) return;  // then it has run, or will
        future.core()->remove_done_node(stop);
        delete stop;
    };
    try {
        run_forever();
    } catch (...) {
        // The exception that leaves the loop is, in general, the task's own: it is not lost.
        if (made_here && future.done()) future.core()->mark_retrieved();
        withdraw();
        throw;
    }
    withdraw();
    if (!future.done()) throw RuntimeError("Event loop stopped before Future completed.");
}

void EventLoop::close() {
    if (running_) throw RuntimeError("Cannot close a running event loop");
    if (closed_) return;
    closed_ = true;
    Impl& impl = *impl_;
    for (const auto& pool : impl.pools) pool->leave(*this);
    impl.pools.clear();
    impl.executor.reset();
    impl.signals.reset();
    impl.wakeup.close();
    impl.selector.clear();
    const auto drop_queued = [&] {
        while (!ready_.empty()) ready_.pop()->drop();
        while (detail::TimerNode* const timer = impl.timers.pop_due(TimePoint::max())) {
            if (timer->id != 0) detail::hooks::timer_cancelled(*this, timer->id);
            timer->drop();
        }
    };
    drop_queued();
    // What unwinds may still wake others; none of them runs any more.
    EventLoop* const outer = std::exchange(detail::running_loop_of_thread, this);
    while (!impl.tasks.empty()) {
        detail::TaskCore* const task = impl.tasks.pop_front();
        task->abandon();
        drop_queued();  // before the task may go: it can stand there itself
        task->release();
    }
    detail::running_loop_of_thread = outer;
    while (!impl.generators.empty()) impl.generators.pop_front();
    while (!impl.resources.empty()) impl.resources.pop_front()->loop_closes();
    drop_queued();
}

void EventLoop::add_timer(detail::TimerNode& timer) {
    try {
        impl_->timers.push(timer, impl_->last_time.load(std::memory_order_relaxed));
    } catch (...) {
        timer.drop();
        throw;
    }
    if (probe_) [[unlikely]] {
        timer.id = awaitscope::probe::next_id();
        detail::hooks::timer_set(*this, timer.id, timer.when.time_since_epoch().count());
    }
}

void EventLoop::remove_timer(detail::TimerNode& timer) {
    impl_->timers.remove(timer);
}

void EventLoop::queue_handle(detail::HandleNode& handle) {
    take_posted();  // what other threads have queued before stands before it
    enqueue(handle);
}

void EventLoop::take_posted() {
    impl_->wakeup.take([this](detail::HandleNode& posted) { enqueue(posted); });
}

void EventLoop::enqueue(detail::HandleNode& handle) {
    handle.queued = true;
    ready_.push(&handle);
    if (probe_) [[unlikely]] {
        handle.id = awaitscope::probe::next_id();
        detail::hooks::callback_scheduled(*this, handle.id);
    }
}

void EventLoop::queue_threadsafe(detail::HandleNode& handle) {
    if (impl_->thread.load() == std::this_thread::get_id()) {
        queue_handle(handle);  // a loop that runs is open
    } else if (!impl_->wakeup.post(handle)) {
        handle.release();
        throw RuntimeError("Event loop is closed");
    }
}

void EventLoop::watch(int fd, bool write, detail::HandleNode* callback) {
    if (closed_) {
        callback->release();
        require_open();
    }
    callback->make_persistent();
    impl_->selector.watch(fd, write, callback);
    detail::hooks::io_wait(*this, fd, write);
}

bool EventLoop::unwatch(int fd, bool write) {
    if (closed_ || !impl_->selector.watches(fd, write)) return false;
    detail::hooks::io_unwatched(*this, fd, write);  // before its callback is told to be cancelled
    impl_->selector.unwatch(fd, write);
    return true;
}
bool EventLoop::remove_reader(int fd) {
    require_no_transport(fd);
    return unwatch(fd, false);
}
bool EventLoop::remove_writer(int fd) {
    require_no_transport(fd);
    return unwatch(fd, true);
}

EventLoop* running_loop() noexcept {
    return detail::running_loop_of_thread;
}

EventLoop& get_running_loop() {
    return detail::require_running_loop();
}

EventLoop& detail::require_running_loop() {
    if (!running_loop_of_thread) throw RuntimeError("no running event loop");
    return *running_loop_of_thread;
}

detail::TaskCore* detail::current_task_core() {
    return require_running_loop().current_task();
}

std::optional<AnyTask> current_task() {
    if (auto* task = detail::current_task_core()) return AnyTask(detail::FutureRef::share(task));
    return std::nullopt;
}

std::vector<AnyTask> all_tasks(EventLoop* loop) {
    auto& tasks = (loop ? *loop : detail::require_running_loop()).impl().tasks;
    std::vector<AnyTask> all;
    for (auto* task = tasks.front(); task; task = tasks.next(task)) all.emplace_back(detail::FutureRef::share(task));
    return all;
}

}  // namespace asyncio
