// SPDX-License-Identifier: MIT
#pragma once

#include <awaitscope/awaitscope.h>

#include <atomic>
#include <cstdint>
#include <string>

/// Boost.Asio's side of the C ABI. All of it is header-only, as Asio is; users include nothing but
/// <awaitscope/asio.hpp>.
namespace awaitscope::asio {

class Task;

/// What handlers wait in some queue or other, in all threads: what a turn tells of itself.
struct Pending {
    std::atomic<std::int32_t> ready{0};   ///< handlers that were posted, or whose operation is done
    std::atomic<std::int32_t> timers{0};  ///< waits of timers
    std::atomic<std::uint32_t> tasks{0};  ///< tasks alive
};
inline constinit Pending pending;

/// Which clock a timer has, by its type.
enum class TimerClock : std::uint8_t { unknown, steady, system };

/// A line of the program's source; the text is a literal.
struct SourceLine {
    const char* file;
    std::uint32_t number;
};

/// A task that has left its step: the initiation of what it awaits runs, on the stack of its thread. What becomes known
/// in it says what the task waits for; and whoever goes on with the task may do so at once, in another thread, and end
/// it.
struct Suspension {
    Task* task;  ///< until the wait is told, and not after
    awaitscope_id id;
    SourceLine line;  ///< where it waits
    awaitscope_place place;
    Task* outside;            ///< in whose step the thread is now
    enum awaitscope_wait on;  ///< what the type of the awaited tells of the wait; AWAITSCOPE_WAIT_NONE: nothing
    TimerClock clock;         ///< of the timer that is awaited, if it is one
    bool is_silent;           ///< Asio brings the coroutine to its executor: nobody wrote that
    bool is_told = false;     ///< the wait was told, or there was none
    Suspension* before;

    /// While the task is there for certain: when a handler is made, which has not begun its operation.
    inline void tell(enum awaitscope_wait what_for, awaitscope_id object);
};

/// What a thread does right now. Each thread that runs handlers is shown as a loop: it is what a handler can block.
class Thread {
  public:
    awaitscope_emitter* emitter() {
        awaitscope_emitter* const e = awaitscope_thread_emitter();
        if (e && !started_) start(e);
        return e;
    }
    awaitscope_loop loop() {
        if (loop_ == 0) loop_ = awaitscope_new_loop();
        return loop_;
    }
    std::uint64_t next_turn() { return ++turns_; }

    Task* running = nullptr;             ///< the innermost task whose step it is in
    awaitscope_id finished = 0;          ///< the task that ended last in this handler
    awaitscope_id handler_of = 0;        ///< the task whose handler it is in, and which was told to be ready
    awaitscope_place handler_place = 0;  ///< where that one waited
    bool stepped = false;                ///< a task's step has begun in this handler
    Suspension* suspension = nullptr;

    /// The wait that begins here: unless another task's step has begun meanwhile, on top of it.
    Suspension* current_suspension() const {
        return suspension && running == suspension->outside ? suspension : nullptr;
    }

    void stop() {
        if (started_) awaitscope_loop_stopped(awaitscope_thread_emitter(), loop_);
        started_ = false;
    }

  private:
    void start(awaitscope_emitter* e);

    awaitscope_loop loop_ = 0;
    bool started_ = false;
    std::uint64_t turns_ = 0;
};

inline constinit thread_local Thread this_thread;

inline void Thread::start(awaitscope_emitter* e) {
    // Made after the emitter's own, and so destroyed before it: the last event still has a ring.
    struct AtExit {
        ~AtExit() { this_thread.stop(); }
    };
    thread_local AtExit at_exit;
    static_cast<void>(at_exit);
    started_ = true;
    const std::string name = "Asio, thread " + std::to_string(loop());
    awaitscope_loop_started(e, loop(), loop() == 1 ? "Asio" : name.c_str());
}

}  // namespace awaitscope::asio
