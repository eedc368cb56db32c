// SPDX-License-Identifier: GPL-3.0-or-later
// Shares events as its arguments say, one after the other:
//   mark=TEXT   events=N   snapshot (waits for a request, answers)   wait (for the end of input)   exit=N   _exit=N
//   signal=N (raises it)   say=TEXT (on standard output)   silent (shares nothing)
//   clock=SECONDS (somebody sets the wall clock, by so much; so does TARGET_CLOCK, before the program starts)
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <awaitscope/probe.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "instrumentation/probe/emit.hpp"

using namespace awaitscope;

namespace {

long wall_clock_set_by() {
    const char* const before = std::getenv("TARGET_CLOCK");
    return before ? std::atol(before) : 0;
}
long& wall_clock_step() {
    static long seconds = wall_clock_set_by();
    return seconds;
}

void answer_snapshot(probe::Emitter& emitter) {
    while (!emitter.snapshot_wanted()) usleep(200);
    emitter.emit_now(EventKind::snapshot_begin, 1, 0, 0, 1);
    emitter.emit_name(EventKind::task_alive, 1, 7, 0, emitter.place("server.cpp", 42, "serve"), 3, {});
    emitter.emit_now(EventKind::snapshot_end, 1, 0, 0, 1);
}

void obey(std::string_view order) {
    const std::size_t equals = std::min(order.find('='), order.size());
    const std::string_view verb = order.substr(0, equals);
    const std::string value{order.substr(std::min(equals + 1, order.size()))};
    probe::Emitter* emitter = probe::emitter();
    if (verb == "mark") awaitscope::mark(value);
    if (verb == "events")
        for (int i = 0, end = std::stoi(value); i < end; ++i)
            emitter->emit_now(EventKind::task_running, 1, static_cast<Id>(i) + 1);
    if (verb == "snapshot") answer_snapshot(*emitter);
    if (verb == "wait")
        while (getchar() != EOF) {
        }
    if (verb == "clock") wall_clock_step() += std::stol(value);
    if (verb == "say") {
        std::puts(value.c_str());
        std::fflush(stdout);
    }
    if (verb == "exit") std::exit(std::stoi(value));
    if (verb == "_exit") _exit(std::stoi(value));
    if (verb == "signal") raise(std::stoi(value));
}

}  // namespace

/// The C library's, for all of this program: the wall clock is the one that is set.
extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept {
    const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, now));
    if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += wall_clock_step();
    return result;
}

int main(int count, char** arguments) {
    if (count > 1 && std::string_view{arguments[1]} == "silent") return 3;
    probe::enable_from_environment();
    if (auto* emitter = probe::emitter()) emitter->publish_loop(1, 1, 1);
    for (int i = 1; i < count; ++i) obey(arguments[i]);
}
