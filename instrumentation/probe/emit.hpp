// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "instrumentation/event/event.hpp"
#include "instrumentation/ring/clock.hpp"
#include "instrumentation/ring/ring_writer.hpp"

namespace awaitscope::probe {

class Session;

/// One thread's way into its ring. Made on the thread's first event, given back when the thread ends; only the thread
/// itself calls it. Writing an event allocates, locks and formats nothing and makes no system call; place() takes a
/// lock the first time it meets a line.
class Emitter {
  public:
    /// Reads the clock. Events emitted from now on carry this moment: the cost of one reading serves a whole switch.
    void stamp() noexcept {
        if (plain_counter_) [[likely]]
            stamp_ = ring::counter_ticks();
        else
            stamp_ = other_stamp();
    }

    /// Writes an event, at the last stamp().
    void emit(EventKind kind, std::uint16_t loop, Id task, std::uint64_t a = 0, std::uint32_t b = 0,
              std::uint32_t c = 0) noexcept {
        ring_.write(Event::pack(kind, loop, task), stamp_, a, std::uint64_t{b} | std::uint64_t{c} << 32);
    }

    /// stamp() and emit().
    void emit_now(EventKind kind, std::uint16_t loop, Id task, std::uint64_t a = 0, std::uint32_t b = 0,
                  std::uint32_t c = 0) noexcept {
        stamp();
        emit(kind, loop, task, a, b, c);
    }

    /// Stamps and writes an event whose slot b is a text (FieldType::text), which is cut beyond text_bytes_max.
    void emit_text(EventKind kind, std::uint16_t loop, Id task, std::uint64_t a, std::uint32_t c,
                   std::string_view text) noexcept {
        stamp();
        ring_.write_text(Event::pack(kind, loop, task), stamp_, a, std::uint64_t{c} << 32, text);
    }

    /// Stamps and writes task_created or task_alive: `number` for a task that is named "Task-N" by default, or 0 and
    /// its name.
    void emit_name(EventKind kind, std::uint16_t loop, Id task, std::uint64_t a, std::uint32_t c, std::uint32_t number,
                   std::string_view name) noexcept {
        stamp();
        ring_.write_text(Event::pack(kind, loop, task), stamp_, a, std::uint64_t{number} | std::uint64_t{c} << 32,
                         number != 0 ? std::string_view{} : name);
    }

    /// The id of a line of source, for slots of type place and definition; 0 when the table is full. The pointers must
    /// stay valid for ever (literals, std::source_location's). `function` may be a whole signature.
    std::uint32_t place(const char* file, unsigned line, const char* function) noexcept {
        const auto hash = (reinterpret_cast<std::uintptr_t>(file) >> 3) ^
                          (reinterpret_cast<std::uintptr_t>(function) >> 2) ^ (std::uintptr_t{line} * 0x9e37u);
        CachedPlace& cached = places_[(hash ^ (hash >> 8)) % place_cache_size];
        if (cached.file != file || cached.function != function || cached.line != line) [[unlikely]]
            cached = {file, function, line, intern_place(file, line, function)};
        return cached.id;
    }

    /// The same for pointers that need not stay valid: under a lock, and hashed, each time.
    std::uint32_t intern_place(const char* file, unsigned line, const char* function) noexcept;

    /// True when a viewer has asked, since this thread's last call, to be told the tasks that are alive. One relaxed
    /// load.
    bool snapshot_wanted() noexcept {
        const std::uint32_t request = snapshot_request_->load(std::memory_order_relaxed);
        if (request == snapshot_answered_) [[likely]]
            return false;
        snapshot_answered_ = request;
        return true;
    }

    /// From now on stamps are the virtual clock's: `ns` or, when that is not later, 1 microsecond after the stamp
    /// before. Call it before the loop's first event, and whenever the clock jumps.
    void set_virtual_time(std::int64_t ns) noexcept;
    void leave_virtual_time() noexcept;
    bool in_virtual_time() const noexcept { return virtual_; }

    /// What `awaitscope list` shows of the loop. Call it about once an iteration.
    void publish_loop(std::uint16_t loop, std::uint64_t tasks_alive, std::uint64_t iterations) noexcept {
        header_->loop.store(loop, std::memory_order_relaxed);
        header_->tasks_alive.store(tasks_alive, std::memory_order_relaxed);
        header_->iterations.store(iterations, std::memory_order_relaxed);
        if (stamp_ >= refine_at_ && plain_counter_) [[unlikely]]
            refine_clock();
    }

    /// The loop and task that awaitscope::mark() and output() speak for in this thread; 0 and 0: none.
    void set_current(std::uint16_t loop, Id task) noexcept {
        current_loop_ = loop;
        current_task_ = task;
    }
    std::uint16_t current_loop() const noexcept { return current_loop_; }
    Id current_task() const noexcept { return current_task_; }

  private:
    friend class Session;
    struct CachedPlace {
        const char* file = nullptr;
        const char* function = nullptr;
        std::uint32_t line = 0;
        std::uint32_t id = 0;
    };
    static constexpr std::size_t place_cache_size = 256;

    std::uint64_t other_stamp() noexcept;
    void refine_clock() noexcept;

    ring::RingWriter ring_;
    std::uint64_t stamp_ = 0;
    bool plain_counter_ = false;  ///< stamps are the processor's counter's: neither virtual nor CLOCK_MONOTONIC's
    bool virtual_ = false;
    std::uint16_t current_loop_ = 0;
    std::uint32_t snapshot_answered_ = 0;
    const std::atomic<std::uint32_t>* snapshot_request_ = nullptr;
    ring::RingHeader* header_ = nullptr;
    Id current_task_ = 0;
    std::uint64_t refine_at_ = 0;
    std::uint64_t virtual_ns_ = 0;     ///< where the clock stands
    std::uint64_t virtual_stamp_ = 0;  ///< the last stamp, 0 before the first
    bool virtual_stamped_ = false;
    Session* session_ = nullptr;
    CachedPlace places_[place_cache_size];
};

/// True once the process shares its events. Written by enable(), and by fork() in the child.
extern std::atomic<bool> enabled_flag;

/// This thread's emitter once the process shares events (the first call makes it; nullptr still when every ring is
/// taken): the slow half of emitter().
Emitter* this_thread_emitter() noexcept;

/// The one branch: nullptr, and nothing else done, while the process shares no events.
inline Emitter* emitter() noexcept {
    if (!enabled_flag.load(std::memory_order_acquire)) [[likely]]
        return nullptr;
    return this_thread_emitter();
}

/// Where an id comes from: tasks, futures, primitives, handles and jobs share one counter in the process. A thread
/// takes blocks, so this costs an increment.
Id next_id() noexcept;

/// A number for each loop of the process, from 1.
std::uint16_t next_loop_number() noexcept;

/// Begins to share events when the variable AWAITSCOPE asks for it and enable() was not called. Cheap after the first
/// call; the runtime calls it whenever a loop is made.
void enable_from_environment() noexcept;

/// The process is about to leave well, through _exit(), which runs nothing: its session ends as by exit().
void end_session() noexcept;
/// The process calls exec(), which is an end as well; exec_failed() where it has not become another program.
void before_exec() noexcept;
void exec_failed() noexcept;

}  // namespace awaitscope::probe
