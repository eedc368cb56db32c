// SPDX-License-Identifier: MIT
#include "instrumentation/python/core/watch.hpp"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <vector>

#include "instrumentation/python/core/alive.hpp"
#include "instrumentation/python/core/callbacks.hpp"
#include "instrumentation/python/core/chain.hpp"
#include "instrumentation/python/core/steps.hpp"

namespace awaitscope::python {

bool watching = false;

namespace {

constexpr std::int64_t ms = 1'000'000;
constexpr std::int64_t tick = 40 * ms;
/// A step is told of from this age on, then each time it is twice as old, and no less often than every longest_gap.
constexpr std::int64_t first_age = 40 * ms;
constexpr std::int64_t longest_gap = 10'000 * ms;
/// A loop that goes on answers a viewer itself, and an idle one looks every 100 ms.
constexpr std::int64_t patience = 150 * ms;
constexpr std::uint32_t frames_max = 48;
constexpr std::size_t loops_max = 64;  ///< more that run at once are not watched

/// Written with the GIL held, read without it. A Loop is never freed.
constinit std::array<std::atomic<Loop*>, loops_max> running_loops{};

struct Watch {
    pthread_t thread{};
    sem_t stop{};
    bool answers_earlier = false;  ///< viewers who asked before it began
};
Watch* the_watch = nullptr;
bool begins_anew = true;  ///< nobody has answered for this session yet
bool for_ever_ended = false;

/// What the thread knows of a loop.
struct Note {
    Loop* loop = nullptr;
    std::uint32_t moves = 0;    ///< as it was
    std::int64_t since = 0;     ///< from then on
    std::int64_t next_age = 0;  ///< at which it is told of again
    std::int64_t asked = 0;     ///< when a viewer asked; 0: none waits
    std::uint32_t answers = 0;  ///< the loop's until then
};

/// The frames of the loop's thread, from the innermost to the loop's own. Precondition: it is still in that step.
void tell_stack(Loop& loop, PyObject* object, const Note& note) {
    const Ref task = need(PyObject_CallFunctionObjArgs(asyncio.current_task, object, nullptr));
    PyObject* const current_frames = PySys_GetObject("_current_frames");  // borrowed
    if (!current_frames) return;
    const Ref frames = need(PyObject_CallObject(current_frames, nullptr));
    const Ref thread = need(PyLong_FromUnsignedLong(loop.thread));
    Ref frame = Ref::share(PyDict_GetItem(frames.get(), thread.get()));
    // What was called until here may have let the loop go on; what follows does not.
    if (!frame || loop.moves.load(std::memory_order_relaxed) != note.moves) return;
    const awaitscope_id id = task.get() == Py_None ? 0 : meet_task(task.get(), Met::alive).id;
    const auto ran = static_cast<std::uint64_t>(now_ns() - note.since);
    for (std::uint32_t depth = 0; depth < frames_max && frame.get() != Py_None; ++depth) {
        const auto place = place_of_frame(frame.get());
        if (!place) break;
        awaitscope_stack(emitter(), loop.number, id, depth, *place, ran);
        frame = attribute(frame.get(), names::f_back);
    }
}

bool still_runs(PyObject* loop) {
    const Ref runs = need(PyObject_CallMethod(loop, "is_running", nullptr));
    return PyObject_IsTrue(runs.get()) == 1;
}

void look_closely(Note& note, bool sample, bool answer) {
    const PyGILState_STATE state = PyGILState_Ensure();
    quietly([&] {
        Loop& loop = *note.loop;
        const Ref object = Ref::share(loop.weak ? PyWeakref_GetObject(loop.weak) : Py_None);
        if (object.get() == Py_None || !still_runs(object.get())) return leave_loop(loop);
        if (answer && loop.answers.load(std::memory_order_relaxed) == note.answers) {
            answer_viewer(loop, object.get());
            loop.answered_for = true;
        }
        if (sample) tell_stack(loop, object.get(), note);
    });
    PyGILState_Release(state);
}

void look_at(Note& note, bool asked) {
    const std::int64_t now = now_ns();
    const std::uint32_t moves = note.loop->moves.load(std::memory_order_relaxed);
    if (moves != note.moves) {
        note.moves = moves;
        note.since = now;
        note.next_age = first_age;
    }
    if (asked && note.asked == 0) {
        note.asked = now;
        note.answers = note.loop->answers.load(std::memory_order_relaxed);
    }
    const std::int64_t age = now - note.since;
    const bool sample = (moves & 1) != 0 && age >= note.next_age;
    const bool answer = note.asked != 0 && now - note.asked >= patience;
    if (sample) note.next_age = std::min(2 * age, age + longest_gap);
    if (answer) note.asked = 0;
    const bool itself = note.loop->answers.load(std::memory_order_relaxed) != note.answers;
    if (sample || (answer && !itself)) look_closely(note, sample, answer);
}

/// Nothing with a destructor lives in here: at its end an old interpreter ends whatever thread asks for the GIL.
void* watch_loops(void* argument) {
    Watch& watch = *static_cast<Watch*>(argument);
    Note notes[loops_max];
    if (!watch.answers_earlier) awaitscope_snapshot_wanted(emitter());
    for (;;) {
        timespec until{};
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += tick;
        if (until.tv_nsec >= 1'000 * ms) {
            until.tv_nsec -= 1'000 * ms;
            ++until.tv_sec;
        }
        if (sem_clockwait(&watch.stop, CLOCK_MONOTONIC, &until) == 0) return nullptr;
        awaitscope_emitter* const mine = emitter();
        if (!mine) return nullptr;  // events are not shared any more
        const bool asked = awaitscope_snapshot_wanted(mine) != 0;
        for (std::size_t i = 0; i < loops_max; ++i) {
            Loop* const loop = running_loops[i].load(std::memory_order_acquire);
            if (loop != notes[i].loop)
                notes[i] = loop ? Note{loop, loop->moves.load(std::memory_order_relaxed), now_ns(), first_age} : Note{};
            if (loop) look_at(notes[i], asked);
        }
    }
}

}  // namespace

void start_watch() {
    watching = true;
    if (the_watch || for_ever_ended) return;
    auto watch = std::make_unique<Watch>();
    sem_init(&watch->stop, 0, 0);
    watch->answers_earlier = std::exchange(begins_anew, false);
    // The program's signals are for its own threads, but for the one that says that a page is gone under this one.
    sigset_t all, before;
    sigfillset(&all);
    sigdelset(&all, SIGBUS);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const bool started = pthread_create(&watch->thread, nullptr, watch_loops, watch.get()) == 0;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (!started) return;  // no thread is to be had: nothing is told of stalls
    pthread_setname_np(watch->thread, "awaitscope");
    the_watch = watch.release();
}

void stop_watch() {
    watching = false;
    Watch* const watch = std::exchange(the_watch, nullptr);
    if (!watch) return;
    Py_BEGIN_ALLOW_THREADS;
    sem_post(&watch->stop);
    pthread_join(watch->thread, nullptr);
    sem_destroy(&watch->stop);
    Py_END_ALLOW_THREADS;
    delete watch;
}

void renew_watch() {
    stop_watch();
    begins_anew = true;
}

void end_watch() {
    for_ever_ended = true;
    stop_watch();
    watching = true;
}

void forget_watch() {
    the_watch = nullptr;  // left as it is: the thread may have been about to use it
    watching = false;
    begins_anew = true;
    for (std::atomic<Loop*>& slot : running_loops) slot.store(nullptr, std::memory_order_relaxed);
}

void watch_loop(Loop& loop, unsigned long thread) {
    loop.thread = thread;
    if (!watching) start_watch();
    const auto is = [&](const auto& slot) { return slot.load(std::memory_order_relaxed) == &loop; };
    if (std::ranges::any_of(running_loops, is)) return;
    const auto is_free = [](const auto& slot) { return slot.load(std::memory_order_relaxed) == nullptr; };
    const auto slot = std::ranges::find_if(running_loops, is_free);
    if (slot != running_loops.end()) slot->store(&loop, std::memory_order_release);
}

void leave_loop(Loop& loop) {
    for (std::atomic<Loop*>& slot : running_loops)
        if (slot.load(std::memory_order_relaxed) == &loop) slot.store(nullptr, std::memory_order_release);
}

void meet_running_loop(PyObject* object, unsigned long thread, bool in_step) {
    Loop& loop = loop_of(object);
    in_step ? note_begin(loop) : note_end(loop);
    watch_loop(loop, thread);
    know_wakeup(loop, object);
    answer_viewer(loop, object);
    if (thread != PyThread_get_thread_ident()) return;
    here.loop = &loop;
    if (loop.unseen) here.task = find_task(loop.unseen.get())->id;
}

}  // namespace awaitscope::python
