// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <memory>
#include <set>

#include "tests/runtime/oracle/oracle.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::LoggedProgram;
using awaitscope::test::LoopLog;
namespace oracle = awaitscope::test::oracle;

// Every scenario again, and each of its tasks cancelled in each turn in which it can be: whatever the program makes of
// it, its loop must come to an end, no task may be left that cannot be ended, and nothing may leak or be used after it
// is gone (which the sanitizers see).

namespace {

/// These wait for a descriptor or a thread, so in real time.
bool waits_for_real(const std::string& scenario) {
    static const std::set<std::string> all{
        "call_soon_threadsafe_path", "connection_made_order",   "datagram",          "io_timer_ready_order",
        "reader_and_writer_same_fd", "start_server_iterations", "streams_echo_unix", "to_thread_cancelled"};
    return all.contains(scenario);
}

struct Moment {
    TimePoint time;  ///< when the cancelling begins ...
    int turn;        ///< ... and so many turns later
    std::size_t task;
};

enum class Outcome { nobody_there, cancelled, never_ends };

/// A main() that ends early leaves tasks behind whose closures were its locals, as only a program of C++ can: they may
/// not go on. Their loops stay as they are, to the end of the process.
void put_aside(std::unique_ptr<EventLoop> loop) {
    static auto& all = *new std::vector<std::unique_ptr<EventLoop>>;
    all.push_back(std::move(loop));
}

/// Each loop that is put aside keeps two descriptors.
void allow_many_descriptors() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

Outcome run_cancelled(const LoggedProgram& program, const Moment& moment) {
    auto loop = new_event_loop(Clock::virtual_time);
    loop->set_exception_handler([](EventLoop&, const ExceptionContext&) {});  // there is much to report
    LoopLog log(*loop);
    Outcome outcome = Outcome::nobody_there;
    int turns_left = moment.turn;
    std::function<void()> strike = [&] {
        if (turns_left-- > 0) {
            loop->call_soon(strike);
            return;
        }
        const auto tasks = all_tasks(loop.get());
        if (moment.task >= tasks.size()) return;
        outcome = Outcome::cancelled;
        tasks[moment.task].cancel("systematically");
    };
    loop->call_at(moment.time, strike);
    // What waits for somebody who is gone is woken by the end of time.
    auto watchdog = loop->call_later(100h, [&] { loop->stop(); });
    const auto attempt = [&](auto&& run) {
        try {
            run();
        } catch (...) {
            // Whatever the program, cancelled, makes of it.
        }
    };
    const auto main = loop->create_task(program(log), "main");
    attempt([&] { loop->run_until_complete(main); });
    watchdog.cancel();
    if (main.done() && !all_tasks(loop.get()).empty()) {
        put_aside(std::move(loop));
        return outcome;
    }
    for (int round = 0; round < 20 && !all_tasks(loop.get()).empty(); ++round) {
        for (const AnyTask& task : all_tasks(loop.get())) task.cancel();
        attempt([&] { loop->run_until_complete(sleep(1000s)); });
    }
    if (!all_tasks(loop.get()).empty()) return Outcome::never_ends;
    loop->close();
    return outcome;
}

/// The times at which the program says something: whatever it waits for comes between them.
std::set<TimePoint> moments_of(const LoggedProgram& program) {
    std::set<TimePoint> times{TimePoint{}};
    for (const auto& line : awaitscope::test::run_logged(program))
        times.insert(
            TimePoint(std::chrono::duration_cast<LoopClock::duration>(std::chrono::duration<double>(line.time))));
    return times;
}

}  // namespace

TEST_CASE("Every scenario comes to its end, whichever of its tasks is cancelled in whichever turn") {
    allow_many_descriptors();
    const awaitscope::test::CapturedStderr captured;  // coroutines that were cancelled before they began
    int runs = 0, cancelled = 0;
    for (const auto& [name, program] : oracle::programs()) {
        if (!program || waits_for_real(name)) continue;
        for (const TimePoint time : moments_of(program)) {
            for (int turn = 0; turn < 12; ++turn) {
                std::size_t task = 0;
                for (;; ++task) {
                    const Outcome outcome = run_cancelled(program, {time, turn, task});
                    INFO(name << ", task " << task << ", turn " << turn << " after "
                              << std::chrono::duration<double>(time.time_since_epoch()).count() << " s");
                    REQUIRE(outcome != Outcome::never_ends);
                    ++runs;
                    if (outcome == Outcome::nobody_there) break;
                    ++cancelled;
                }
                if (task == 0) break;  // the program has ended by then
            }
        }
    }
    CHECK(cancelled > 1000);
    CHECK(runs > cancelled);
}
