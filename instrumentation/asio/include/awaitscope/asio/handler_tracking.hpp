// SPDX-License-Identifier: MIT
#pragma once

#include <awaitscope/asio/objects.hpp>
#include <awaitscope/asio/operation.hpp>
#include <awaitscope/asio/task.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

/// What Asio says of its handlers: made for an operation, the operation done, the handler invoked. A handler that a
/// coroutine waits for is that task's; all others are callbacks.
namespace boost::asio {
class execution_context;
}

namespace awaitscope::asio {

struct HandlerState {
    awaitscope_id id = 0;        ///< 0: made while nothing was shared
    awaitscope_id task = 0;      ///< whose wait it is; 0: a callback
    awaitscope_place place = 0;  ///< where the task waits
    int fd = -1;
    Operation operation = Operation::other;
    bool is_silent = false;  ///< brings a coroutine to its executor: nobody wrote that
    bool is_ready = false;   ///< counted in Pending::ready, and its task told to be so
};

/// What Asio keeps in each of its operations.
class TrackedHandler {
  public:
    mutable HandlerState awaitscope_state;

  protected:
    ~TrackedHandler() = default;
};

inline void becomes_ready(HandlerState& handler) {
    if (std::exchange(handler.is_ready, true)) return;
    pending.ready.fetch_add(1, std::memory_order_relaxed);
    if (handler.task == 0 || handler.is_silent) return;
    if (awaitscope_emitter* const e = this_thread.emitter())
        awaitscope_task_ready(e, this_thread.loop(), handler.task, 0);
}

/// Tells when a timer is due, by CLOCK_MONOTONIC. Its implementation begins with that, in nanoseconds of its own clock.
/// One that is never due, but waits to be cancelled, is not set.
inline void tell_timer(awaitscope_emitter* e, const HandlerState& handler, const void* timer, TimerClock clock) {
    using namespace std::chrono;
    std::int64_t due = *static_cast<const std::int64_t*>(timer);
    if (clock == TimerClock::unknown || due == std::numeric_limits<std::int64_t>::max()) return;
    if (clock == TimerClock::system)
        due += duration_cast<nanoseconds>(steady_clock::now().time_since_epoch()).count() -
               duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count();
    awaitscope_timer_set(e, this_thread.loop(), handler.task, handler.id, due);
}

/// The wait that a handler stands for, told: in the wait's initiation; or later, where an operation that is made of
/// several (async_write) goes on to its next.
inline void tell_wait(awaitscope_emitter* e, const HandlerState& handler, const void* object, Suspension* suspension) {
    Thread& thread = this_thread;
    enum awaitscope_wait on = wait_of(handler.operation);
    awaitscope_id what = is_io(handler.operation) || handler.operation == Operation::post ? 0 : handler.id;
    if (e && (on == AWAITSCOPE_WAIT_QUEUE_GET || on == AWAITSCOPE_WAIT_QUEUE_PUT))
        what = channel_id(e, thread.loop(), object);

    if (!suspension)
        awaitscope_task_suspended(e, thread.loop(), handler.task, on, what, handler.place);
    else if (suspension->on != AWAITSCOPE_WAIT_NONE)
        suspension->tell(suspension->on, 0);
    else
        suspension->tell(on, what);

    if (is_io(handler.operation))
        awaitscope_io_wait(e, thread.loop(), handler.task, handler.fd, direction_of(handler.operation));
    else if (handler.operation == Operation::resolve)
        awaitscope_thread_submitted(e, thread.loop(), handler.task, handler.id);
    else if (handler.operation == Operation::timer && suspension)
        tell_timer(e, handler, object, suspension->clock);
}

inline void created(HandlerState& handler, Operation operation, const void* object, int fd) {
    Thread& thread = this_thread;
    awaitscope_emitter* const e = thread.emitter();
    handler.operation = operation;
    handler.fd = fd;
    if (operation == Operation::timer) pending.timers.fetch_add(1, std::memory_order_relaxed);
    Suspension* const suspension = thread.current_suspension();
    if (suspension) {
        handler.task = suspension->id;
        handler.place = suspension->place;
        handler.is_silent = suspension->is_silent;
    } else if (thread.handler_of != 0 && !thread.stepped) {
        handler.task = thread.handler_of;
        handler.place = thread.handler_place;
    }
    if (e) handler.id = awaitscope_new_id();
    if (handler.task != 0 && !handler.is_silent)
        tell_wait(e, handler, object, suspension);
    else if (e && handler.task == 0)
        awaitscope_callback_scheduled(e, thread.loop(), thread.running ? thread.running->id() : 0, handler.id);
    if (operation == Operation::post) becomes_ready(handler);
}

/// A handler's invocation: on the stack of its operation's do_complete().
class Completion {
  public:
    explicit Completion(const TrackedHandler& tracked) : handler_(tracked.awaitscope_state) {
        if (handler_.is_ready) pending.ready.fetch_sub(1, std::memory_order_relaxed);
        if (handler_.operation == Operation::timer) pending.timers.fetch_sub(1, std::memory_order_relaxed);
    }
    Completion(const Completion&) = delete;
    Completion& operator=(const Completion&) = delete;
    ~Completion() {
        if (is_inside_) invocation_end();  // it threw
    }

    void invocation_begin() { begin(false, 0); }
    void invocation_begin(const boost::system::error_code& ec) { begin(ec.failed(), 0); }
    template <class Result>
    void invocation_begin(const boost::system::error_code& ec, const Result& result) {
        if constexpr (std::is_same_v<Result, int>)
            begin(ec.failed(), result);
        else
            begin(ec.failed(), 0);
    }

    void invocation_end() {
        Thread& thread = this_thread;
        is_inside_ = false;
        if (handler_.task == 0 && handler_.id != 0)
            if (awaitscope_emitter* const e = thread.emitter())
                awaitscope_callback_run(e, thread.loop(), handler_.id, static_cast<std::uint64_t>(now() - began_));
        thread.handler_of = outer_.of;
        thread.handler_place = outer_.place;
        thread.stepped = outer_.stepped;
        thread.suspension = outer_.suspension;
    }

  private:
    struct Outer {
        awaitscope_id of;
        awaitscope_place place;
        bool stepped;
        Suspension* suspension;
    };

    static std::int64_t now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

    void begin(bool failed, int number) {
        Thread& thread = this_thread;
        // It may run inside an initiation: a channel lets both ends go on at once.
        outer_ = {thread.handler_of, thread.handler_place, thread.stepped, std::exchange(thread.suspension, nullptr)};
        thread.handler_of = handler_.is_silent ? 0 : handler_.task;
        thread.handler_place = handler_.place;
        thread.stepped = false;
        thread.finished = 0;
        is_inside_ = true;
        awaitscope_emitter* const e = thread.emitter();
        if (!e || handler_.id == 0) return;
        if (handler_.task == 0) began_ = now();
        tell_outcome(e, thread.loop(), failed, number);
        if (thread.handler_of != 0 && !handler_.is_ready) awaitscope_task_ready(e, thread.loop(), handler_.task, 0);
    }

    void tell_outcome(awaitscope_emitter* e, awaitscope_loop loop, bool failed, int number) const {
        switch (handler_.operation) {
            case Operation::timer:
                failed ? awaitscope_timer_cancelled(e, loop, 0, handler_.id)
                       : awaitscope_timer_fired(e, loop, handler_.id);
                break;
            case Operation::resolve:
                awaitscope_thread_done(e, loop, handler_.id, 0);
                break;
            case Operation::signal:
                if (!failed) awaitscope_signal(e, loop, number);
                break;
            case Operation::connect:
                if (!failed) connections().made(e, loop, handler_.task, handler_.fd);
                break;
            default:
                break;
        }
    }

    const HandlerState handler_;  // a copy: the operation is gone when the handler runs
    Outer outer_{};
    std::int64_t began_ = 0;
    bool is_inside_ = false;
};

// ── what Asio calls ────────────────────────────────────────────────────────────────────────────────────────────────

[[gnu::always_inline]] inline void created(boost::asio::execution_context&, const TrackedHandler& handler,
                                           const char* object_type, const void* object, std::uintmax_t native_handle,
                                           const char* name) {
    created(handler.awaitscope_state, operation_of(object_type, name), object, static_cast<int>(native_handle));
}

/// The reactor has tried an operation.
template <class... Bytes>
void performed(const TrackedHandler& tracked, const char*, const boost::system::error_code& ec, Bytes... bytes) {
    if (ec == boost::system::errc::operation_would_block || ec == boost::system::errc::resource_unavailable_try_again)
        return;
    HandlerState& handler = tracked.awaitscope_state;
    Thread& thread = this_thread;
    if (awaitscope_emitter* const e = thread.emitter(); e && handler.id != 0) {
        const enum awaitscope_direction direction = direction_of(handler.operation);
        awaitscope_io_ready(e, thread.loop(), handler.fd, direction);
        awaitscope_io_unwatched(e, thread.loop(), handler.fd, direction);
        if constexpr (sizeof...(Bytes) > 0) {  // neither accept nor connect
            const auto tell = direction == AWAITSCOPE_READ ? awaitscope_io_read : awaitscope_io_write;
            tell(e, thread.loop(), handler.task, handler.fd, std::uint64_t{bytes...});
        }
    }
    becomes_ready(handler);
}

inline void registered(boost::asio::execution_context&, std::uintmax_t native_handle, std::uintmax_t) {
    Thread& thread = this_thread;
    if (awaitscope_emitter* const e = thread.emitter())
        connections().made(e, thread.loop(), thread.handler_of, static_cast<int>(native_handle));
}
inline void deregistered(boost::asio::execution_context&, std::uintmax_t native_handle, std::uintmax_t) {
    Thread& thread = this_thread;
    if (awaitscope_emitter* const e = thread.emitter())
        connections().lost(e, thread.loop(), thread.running ? thread.running->id() : 0,
                           static_cast<int>(native_handle));
}

}  // namespace awaitscope::asio
