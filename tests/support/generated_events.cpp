// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/generated_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace awaitscope::test {
namespace {

constexpr std::uint32_t chain_depth = 100;
constexpr std::uint64_t microsecond = 1000, millisecond = 1'000'000, second = 1'000'000'000;
constexpr std::array<std::string_view, trace_shapes.size()> names = {"many-tasks", "few-tasks",    "one-track",
                                                                     "bursts",     "await-chains", "blocked-loop"};

std::uint32_t tasks_of(TraceShape shape) {
    switch (shape) {
        case TraceShape::many_tasks:
            return 10'000;
        case TraceShape::bursts:
            return 2'000;
        case TraceShape::await_chains:
            return 10 * chain_depth;
        case TraceShape::one_track:
            return 1;
        default:
            return 50;
    }
}

}  // namespace

std::string_view to_string(TraceShape shape) {
    return names[static_cast<std::size_t>(shape)];
}

TraceShape trace_shape(std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
        throw std::invalid_argument(fmt::format("no shape '{}'; there are: {}", name, fmt::join(names, " ")));
    return trace_shapes[static_cast<std::size_t>(found - names.begin())];
}

GeneratedEvents::GeneratedEvents(const GeneratorOptions& options) : options_(options), state_(options.seed) {
    if (options_.tasks == 0) options_.tasks = tasks_of(options_.shape);
    info_.name = fmt::format("generated {}", to_string(options_.shape));
    info_.command = fmt::format("{} events, {} tasks, seed {}", options_.events, options_.tasks, options_.seed);
}

/// SplitMix64 (Steele, Lea and Flood 2014).
std::uint64_t GeneratedEvents::random() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

SourceState GeneratedEvents::read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) {
    out_ = &out;
    const std::size_t full = out.size() + limit;
    if (tasks_.empty()) {
        name_things(symbols);
        tasks_.resize(options_.tasks);
    }
    while (made_ < options_.events && out.size() < full) turn(symbols);
    out_ = nullptr;
    return made_ < options_.events ? SourceState::more : SourceState::ended;
}

void GeneratedEvents::add(EventKind kind, Id task, std::uint64_t a, std::uint32_t b, std::uint32_t c) {
    out_->push_back({Event::pack(kind, 1, task), now_, a, b, c});
    ++made_;
}

void GeneratedEvents::name_things(Symbols& symbols) {
    for (std::uint32_t i = 0; i < places_.size(); ++i)
        places_[i] = symbols.add_place("server.cpp", fmt::format("stage_{}", i % definitions_.size()), 20 + 7 * i);
    for (std::uint32_t i = 0; i < definitions_.size(); ++i)
        definitions_[i] = symbols.add_place("server.cpp", fmt::format("stage_{}", i), 10 + 30 * i);
    add(EventKind::loop_started, 0, 0, symbols.add_string("main"));
    for (std::size_t i = 0; i < objects_.size(); ++i) {
        const auto kind = i < 2 ? SyncKind::lock : SyncKind::queue;
        objects_[i] = next_id_++;
        add(EventKind::sync_created, 0, objects_[i],
            symbols.add_string(fmt::format("{}-{}", i < 2 ? "lock" : "queue", i % 2)),
            static_cast<std::uint32_t>(kind));
    }
}

void GeneratedEvents::create(std::uint32_t task, Symbols& symbols) {
    Task& made = tasks_[task];
    made = {};
    made.id = next_id_++;
    made.waits_for = task;
    // Names repeat, as they do in a program that runs for long: strings are not what such a trace is big by.
    add(EventKind::task_created, made.id, 0, symbols.add_string(fmt::format("worker-{}", task)),
        definitions_[task % definitions_.size()]);
    ready_.push_back(task);
}

void GeneratedEvents::turn(Symbols& symbols) {
    // Tasks come into being over the first turns, not in one step.
    for (std::uint32_t made = 0; created_ < tasks_.size() && made < 100; ++made) create(created_++, symbols);
    if (ready_.empty() && !wakes_.empty()) {
        const std::uint64_t began = now_;
        now_ = std::max(now_, wakes_.top().time);
        add(EventKind::poll, 0, now_ - began, static_cast<std::uint32_t>((now_ - began) / microsecond), 0);
    }
    while (!wakes_.empty() && wakes_.top().time <= now_) {
        const std::uint32_t task = wakes_.top().task;
        wakes_.pop();
        if (tasks_[task].on == WaitKind::sleep) add(EventKind::timer_fired, 0, tasks_[task].handle);
        wake(task, 0);
    }
    const std::size_t batch = ready_.size();
    add(EventKind::iteration, 0, ++turns_, static_cast<std::uint32_t>(batch),
        static_cast<std::uint32_t>(wakes_.size()));
    for (std::size_t i = 0; i < batch; ++i) {
        const std::uint32_t task = ready_.front();
        ready_.pop_front();
        step(task, symbols);
    }
    now_ += 200;
}

void GeneratedEvents::wake(std::uint32_t task, Id by) {
    now_ += 60;
    add(EventKind::task_ready, tasks_[task].id, by);
    ready_.push_back(task);
}

void GeneratedEvents::suspend(std::uint32_t task, WaitKind on, std::uint64_t object) {
    tasks_[task].on = on;
    add(EventKind::task_suspended, tasks_[task].id, object, places_[(task + object) % places_.size()],
        static_cast<std::uint32_t>(on));
}

void GeneratedEvents::sleep(std::uint32_t task) {
    // Half the sleeps are short, few are long: each octave from 10 microseconds to 0.3 s is half as likely as the last.
    const int octave = std::min(15, __builtin_ctzll(random() | (1U << 15)));
    std::uint64_t length = (10 * microsecond << octave) + random_below(10 * microsecond);
    if (options_.shape == TraceShape::bursts) length = second - now_ % second;
    const std::uint64_t due = now_ + length;
    const auto handle = next_id_++;
    tasks_[task].handle = static_cast<std::uint32_t>(handle);
    Event set{Event::pack(EventKind::timer_set, 1, tasks_[task].id), now_, handle};
    set.set_bc(due);
    out_->push_back(set);
    ++made_;
    suspend(task, WaitKind::sleep, handle);
    wakes_.push({due, task});
}

void GeneratedEvents::step(std::uint32_t task, Symbols& symbols) {
    const Id id = tasks_[task].id;
    add(EventKind::task_running, id);
    now_ += 300 + random_below(3 * microsecond);
    if (options_.shape == TraceShape::one_track) return suspend(task, WaitKind::yield, 0), ready_.push_back(task);
    if (options_.shape == TraceShape::blocked_loop && random_below(20'000) == 0) now_ += second / 2;
    if (options_.shape == TraceShape::await_chains) {
        // The last of a chain sleeps; whoever awaits another is woken by it, and starts anew.
        const std::uint32_t place = task % chain_depth;
        if (place + 1 < chain_depth && task + 1 < created_) return suspend(task, WaitKind::task, tasks_[task + 1].id);
        const std::uint32_t first = task - place;
        for (std::uint32_t waiting = task; waiting-- > first;)
            if (tasks_[waiting].on == WaitKind::task) {
                tasks_[waiting].on = WaitKind::none;
                wake(waiting, id);
            }
        return sleep(task);
    }
    if (options_.shape == TraceShape::many_tasks && random_below(1000) == 0) {
        add(EventKind::task_done, id, 0, 0,
            static_cast<std::uint32_t>(random_below(50) ? EndState::finished : EndState::cancelled));
        return create(task, symbols);
    }
    const std::uint64_t chance = random_below(16);
    if (chance < 2) {
        const std::size_t queue = chance;
        const bool put = queue_sizes_[queue] == 0 || (queue_sizes_[queue] < 64 && random_below(2) == 0);
        queue_sizes_[queue] += put ? 1 : -1;
        add(put ? EventKind::queue_put : EventKind::queue_get, id, objects_[2 + queue], queue_sizes_[queue], 64);
    } else if (chance < 4) {
        const Id lock = objects_[chance - 2];
        const auto kind = static_cast<std::uint32_t>(SyncKind::lock);
        add(EventKind::sync_acquired, id, lock, 0, kind);
        now_ += random_below(microsecond);
        add(EventKind::sync_released, id, lock, 0, kind);
    } else if (chance < 7) {
        const std::uint32_t fd = 10 + task % 1000;
        add(chance < 6 ? EventKind::io_read : EventKind::io_write, 0, 16 + random_below(4096), fd, 0);
        if (chance == 4) {
            suspend(task, WaitKind::io, fd);
            wakes_.push({now_ + random_below(5 * millisecond), task});
            return;
        }
    } else if (chance == 7) {
        suspend(task, WaitKind::yield, 0);
        ready_.push_back(task);
        return;
    }
    sleep(task);
}

}  // namespace awaitscope::test
