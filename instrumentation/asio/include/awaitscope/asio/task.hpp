// SPDX-License-Identifier: MIT
#pragma once

#include <cxxabi.h>

#include <algorithm>
#include <atomic>
#include <awaitscope/asio/thread.hpp>
#include <boost/system/system_error.hpp>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <source_location>
#include <string>
#include <typeinfo>
#include <utility>
#include <vector>

namespace awaitscope::asio {

/// A coroutine's function, a literal, and where it begins.
struct Definition {
    const char* function;
    SourceLine line;
};

/// A coroutine that was given to co_spawn(), with all that it awaits: what Asio calls a thread of execution. It lives
/// in the frame that Asio puts below the coroutine's own, and is used by one thread after the other.
class Task {
  public:
    /// co_spawn() was called in this thread: it is there, and its first step is queued.
    explicit Task(const Definition& definition) : definition_(definition), is_defined_(definition.line.number != 0) {
        Suspension* const spawner = this_thread.current_suspension();
        if (spawner)
            has_parent(spawner->id, spawner->line);
        else if (const Task* const running = this_thread.running)
            has_parent(running->id(), running->line());
        function_.store(definition_.function, relaxed);
        file_.store(definition_.line.file, relaxed);
        line_.store(definition_.line.number, relaxed);
        link();
        tell_created(spawner);
    }
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    ~Task() {
        if (!ended_.load(relaxed)) end(AWAITSCOPE_CANCELLED, nullptr);
        std::lock_guard lock(all_mutex);
        (previous_ ? previous_->next_ : all) = next_;
        if (next_) next_->previous_ = previous_;
        pending.tasks.fetch_sub(1, relaxed);
    }

    awaitscope_id id() const { return id_; }

    /// A line of it is reached: where it waits, if it has to.
    void reached(const char* function, const std::source_location& here) {
        function_.store(function, relaxed);
        file_.store(here.file_name(), relaxed);
        line_.store(here.line(), relaxed);
    }
    awaitscope_place where(awaitscope_emitter* e) const { return place(e, {function_.load(relaxed), line()}); }
    SourceLine line() const { return {file_.load(relaxed), line_.load(relaxed)}; }

    /// One of its coroutines goes on in this thread.
    void resumed() {
        if (!running_.load(relaxed) && is_in_body_) step_begins();
    }

    /// Its step ends in a wait: what for is told as soon as it is known.
    void leaves() {
        if (running_.load(relaxed)) leave_step(this_thread);
        if (is_in_body_) waits_for(AWAITSCOPE_WAIT_FUTURE, 0);
    }
    void waits_for(enum awaitscope_wait on, awaitscope_id object) {
        on_.store(on, relaxed);
        object_.store(object, relaxed);
    }

    void end(enum awaitscope_end state, const char* error) {
        ended_.store(true, relaxed);
        is_in_body_ = false;
        Thread& thread = this_thread;
        if (running_.load(relaxed)) leave_step(thread);
        thread.finished = id_;
        if (awaitscope_emitter* const e = thread.emitter()) awaitscope_task_done(e, thread.loop(), id_, state, error);
    }
    /// In a handler of the exception with which it ends.
    void end_with_exception();

    /// A coroutine of it begins, or has ended. The first is its definition; where that was known it is not told again.
    void coroutine_entered(const Definition& coroutine) {
        const std::uint32_t depth = depth_++;
        if (depth == 0 && is_defined_) return;
        if (awaitscope_emitter* const e = this_thread.emitter())
            awaitscope_coroutine_entered(e, this_thread.loop(), id_, place(e, coroutine), depth);
        if (depth == 0 && std::strcmp(coroutine.function, "operator()") != 0) takes_name_of(coroutine);
    }
    void coroutine_left() {
        if (--depth_ == 0 && is_defined_) return;
        if (awaitscope_emitter* const e = this_thread.emitter())
            awaitscope_coroutine_left(e, this_thread.loop(), id_, depth_);
    }

    /// From here until its end it is what users wrote: before and after, Asio brings it to its executor.
    void body_begins() { is_in_body_ = true; }
    bool is_in_body() const { return is_in_body_; }

    /// Tells a viewer that has just attached of all tasks.
    static void tell_alive(awaitscope_emitter* e);

  private:
    static constexpr auto relaxed = std::memory_order_relaxed;

    /// A lambda, or an operation, has no line that is known now: its spawner's will do.
    void has_parent(awaitscope_id parent, const SourceLine& line) {
        parent_ = parent;
        if (!is_defined_) definition_.line = line;
    }
    /// What was spawned was no coroutine, but calls one ([self] { return self->reader(); }): that has the better name.
    void takes_name_of(const Definition& coroutine) {
        std::lock_guard lock(all_mutex);
        definition_.function = coroutine.function;
        char name[128];
        if (awaitscope_emitter* const e = this_thread.emitter())
            awaitscope_task_renamed(e, this_thread.loop(), id_, write_name(name));
    }
    void link() {
        std::lock_guard lock(all_mutex);
        number_ = ++created_count;
        next_ = all;
        if (next_) next_->previous_ = this;
        all = this;
        pending.tasks.fetch_add(1, relaxed);
    }
    void tell_created(Suspension* spawner) const {
        if (awaitscope_emitter* const e = this_thread.emitter()) {
            char name[128];
            awaitscope_task_created(e, home_, id_, write_name(name), place(e, definition_), parent_);
        }
        if (!spawner) return;
        if (spawner->on == AWAITSCOPE_WAIT_NONE)
            spawner->tell(AWAITSCOPE_WAIT_TASK, id_);  // co_await co_spawn(...)
        else
            spawner->tell(spawner->on, 0);  // one of several
    }
    void step_begins();
    void tell_alive_itself(awaitscope_emitter* e) const;

    void leave_step(Thread& thread) {
        running_.store(false, relaxed);
        if (thread.running == this) thread.running = outside_;
        outside_ = nullptr;
    }

    static awaitscope_place place(awaitscope_emitter* e, const Definition& d) {
        return awaitscope_literal_place(e, d.line.file, d.line.number, d.function);
    }

    /// "session-12"
    const char* write_name(char (&name)[128]) const {
        const std::size_t length = std::min<std::size_t>(std::strlen(definition_.function), 100);
        std::memcpy(name, definition_.function, length);
        name[length] = '-';
        *std::to_chars(name + length + 1, name + sizeof name - 1, number_).ptr = '\0';
        return name;
    }

    static inline std::mutex all_mutex;
    static inline Task* all = nullptr;
    static inline std::uint64_t created_count = 0;

    const awaitscope_id id_ = awaitscope_new_id();
    const awaitscope_loop home_ = this_thread.loop();  ///< of the thread that spawned it
    awaitscope_id parent_ = 0;
    std::uint64_t number_ = 0;
    Definition definition_;
    const bool is_defined_;    ///< by its own line
    Task* outside_ = nullptr;  ///< in whose step it runs, while it has not yet left its spawner's thread
    Task* next_ = nullptr;
    Task* previous_ = nullptr;
    std::uint32_t depth_ = 0;
    bool is_in_body_ = false;

    // What another thread reads to tell of it: of one moment, or of two that are next to each other.
    std::atomic<const char*> function_ = nullptr;
    std::atomic<const char*> file_ = nullptr;
    std::atomic<std::uint32_t> line_ = 0;
    std::atomic<enum awaitscope_wait> on_ = AWAITSCOPE_WAIT_NONE;
    std::atomic<awaitscope_id> object_ = 0;
    std::atomic<bool> running_ = false;
    std::atomic<bool> ended_ = false;
};

inline void Task::step_begins() {
    Thread& thread = this_thread;
    outside_ = thread.running;
    thread.running = this;
    running_.store(true, relaxed);
    thread.stepped = true;
    if (Suspension* const before = thread.suspension; before && before->id == id_) {
        thread.suspension = before->before;
        if (!std::exchange(before->is_told, true) && !before->is_silent)
            return;  // what it awaited has let it go on at once
    }
    awaitscope_emitter* const e = thread.emitter();
    if (!e) return;
    const bool is_first = on_.load(relaxed) == AWAITSCOPE_WAIT_NONE;
    if (!is_first && thread.handler_of != id_) awaitscope_task_ready(e, thread.loop(), id_, thread.finished);
    awaitscope_task_running(e, thread.loop(), id_);
}

inline void Suspension::tell(enum awaitscope_wait what_for, awaitscope_id object) {
    if (std::exchange(is_told, true) || is_silent) return;
    std::exchange(task, nullptr)->waits_for(what_for, object);
    if (awaitscope_emitter* const e = this_thread.emitter())
        awaitscope_task_suspended(e, this_thread.loop(), id, what_for, object, place);
}

/// The exception that is handled right now: "boost::system::system_error: End of file".
inline std::string current_exception_text() {
    const std::type_info* const type = abi::__cxa_current_exception_type();
    int failed = -1;
    const std::unique_ptr<char, void (*)(void*)> name(
        type ? abi::__cxa_demangle(type->name(), nullptr, nullptr, &failed) : nullptr, std::free);
    std::string text = failed == 0 ? name.get() : "exception";
    try {
        throw;
    } catch (const boost::system::system_error& e) {
        text.append(": ").append(e.code().message());  // what() has a place of Asio's in it, too
    } catch (const std::exception& e) {
        text.append(": ").append(e.what());
    } catch (...) {  // one without words
    }
    return text;
}

inline void Task::end_with_exception() {
    bool is_aborted = false;
    try {
        throw;
    } catch (const boost::system::system_error& e) {
        is_aborted = e.code() == boost::system::errc::operation_canceled;
    } catch (...) {  // none of Asio's
    }
    if (is_aborted)
        end(AWAITSCOPE_CANCELLED, nullptr);
    else
        end(AWAITSCOPE_FAILED, current_exception_text().c_str());
}

/// A viewer that has just attached is told of all tasks, each by the loop where it was spawned: that may be a thread
/// that runs no handlers.
inline void Task::tell_alive(awaitscope_emitter* e) {
    std::lock_guard lock(all_mutex);
    std::map<awaitscope_loop, std::vector<const Task*>> homes;
    for (const Task* task = all; task; task = task->next_)
        if (!task->ended_.load(relaxed)) homes[task->home_].push_back(task);
    for (const auto& [home, tasks] : homes) {
        const auto count = static_cast<std::uint32_t>(tasks.size());
        awaitscope_snapshot_begin(e, home, count);
        for (const Task* const task : tasks) task->tell_alive_itself(e);
        awaitscope_snapshot_end(e, home, count);
    }
}

inline void Task::tell_alive_itself(awaitscope_emitter* e) const {
    char name[128];
    awaitscope_task_alive(e, home_, id_, write_name(name), place(e, definition_), parent_);
    if (running_.load(relaxed))
        awaitscope_task_running(e, home_, id_);
    else if (const auto on = on_.load(relaxed); on == AWAITSCOPE_WAIT_NONE)
        awaitscope_task_ready(e, home_, id_, 0);
    else
        awaitscope_task_suspended(e, home_, id_, on, object_.load(relaxed), where(e));
}

}  // namespace awaitscope::asio
