// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to processes and their viewers when either is killed, vanishes, or is one of very many.
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <functional>

#include "instrumentation/source/launch.hpp"
#include "instrumentation/source/live_source.hpp"
#include "instrumentation/source/process_facts.hpp"
#include "instrumentation/source/session_directory.hpp"
#include "tests/instrumentation/source/source_fixture.hpp"
#include "tests/support/child_process.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

const std::string target = AWAITSCOPE_SOURCE_TARGET;

/// Marks whose text and object tell the same number: half of one, or a mix of two, does not pass for one.
void write_telling(ring::RingWriter& ring, std::uint64_t time, std::uint64_t number) {
    ring.write_text(Event::pack(EventKind::mark, 1, number), time, 0, 0, "event " + std::to_string(number));
}

/// The numbers are whole and ascend.
bool all_whole(const std::vector<Event>& events, const Symbols& symbols) {
    Id before = 0;
    for (const Event& event : events) {
        if (event.kind() != EventKind::mark) continue;
        if (text_of(event, symbols) != "event " + std::to_string(event.task()) || event.task() < before) return false;
        before = event.task();
    }
    return true;
}

/// What a session that was left can tell; nothing where it was not made to its end.
std::vector<std::string> left_sessions() {
    std::vector<std::string> paths;
    SessionDirectory directory;
    for (const SessionEntry& entry : directory.refresh()) {
        if (entry.status == SessionStatus::refused) {
            CHECK(entry.problem.find('\n') == std::string::npos);
            continue;
        }
        CHECK(entry.status != SessionStatus::running);
        paths.push_back(entry.path);
    }
    return paths;
}

/// The calling process is killed in the midst of whatever it does once it has used so much of a processor: the same
/// on a busy machine.
void kill_after_cpu_time(long ns) {
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGKILL;
    timer_t timer{};
    itimerspec when{};
    when.it_value.tv_nsec = ns;
    if (timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) != 0 || timer_settime(timer, 0, &when, nullptr) != 0)
        throw std::runtime_error("cannot set a timer");
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "a process killed at any moment leaves a session that reads, or none") {
    int read = 0;
    // Where a sanitizer makes a process begin slowly, the first moments are before there is a session.
    for (int moment = 1; moment <= 30 || (read == 0 && moment <= 1000); ++moment) {
        ChildProcess child{[&] {
            kill_after_cpu_time(moment * 100'000);
            while (true) {
                WrittenSession session{256};
                auto& ring = session.ring();
                for (std::uint64_t number = 1; number < 200'000; ++number) write_telling(ring, session.now(), number);
                unlink(session.path().c_str());
            }
            return 0;
        }};
        REQUIRE(child.wait() == -SIGKILL);
        for (const std::string& path : left_sessions()) {
            LiveSource source{path};
            Symbols symbols;
            const auto events = read_to_end(source, symbols);
            REQUIRE(all_whole(events, symbols));
            REQUIRE(source.note().find("its last events are here") != std::string::npos);
            unlink(path.c_str());
            ++read;
        }
    }
    CHECK(read > 0);
}

TEST_CASE_METHOD(FreshFolder, "a process killed between any two of its steps leaves what it had made public") {
    for (int steps = 0; steps < 4; ++steps) {
        Gate there;
        pid_t pid = 0;
        {
            ChildProcess child{[&] {
                WrittenSession session{256};
                ring::RingWriter* ring = steps > 0 ? &session.ring() : nullptr;
                for (int number = 1; number < steps; ++number)
                    write_telling(*ring, session.now(), static_cast<std::uint64_t>(number));
                there.open();
                pause();
                return 0;
            }};
            there.wait();
            pid = child.pid();
            child.kill(SIGKILL);
            child.wait();
        }
        LiveSource source{find_session(pid)};
        Symbols symbols;
        CHECK(read_to_end(source, symbols).size() == static_cast<std::size_t>(std::max(steps - 1, 0)));
    }
}

TEST_CASE_METHOD(FreshFolder, "64 viewers of one process read the same, whole") {
    WrittenSession session;
    auto& ring = session.ring();
    std::vector<std::unique_ptr<LiveSource>> viewers;
    std::vector<std::unique_ptr<Symbols>> symbols;
    std::vector<std::vector<Event>> events(64);
    for (int i = 0; i < 64; ++i) {
        viewers.push_back(std::make_unique<LiveSource>(session.path()));
        symbols.push_back(std::make_unique<Symbols>());
    }
    for (std::uint64_t number = 1; number <= 900; ++number) {
        write_telling(ring, session.now(), number);
        const std::size_t one = number % 64;
        read_available(*viewers[one], *symbols[one], events[one]);
    }
    for (std::size_t i = 0; i < 64; ++i) {
        read_available(*viewers[i], *symbols[i], events[i]);
        REQUIRE(events[i].size() == 900);
        REQUIRE(all_whole(events[i], *symbols[i]));
    }
}

TEST_CASE_METHOD(FreshFolder, "a viewer that is killed in mid-read leaves the process and the other viewers alone") {
    WrittenSession session;
    auto& ring = session.ring();
    for (std::uint64_t number = 1; number <= 100; ++number) write_telling(ring, session.now(), number);
    Gate reading;
    ChildProcess viewer{[&] {
        for (bool first = true;; first = false) {
            LiveSource source{session.path()};
            Symbols symbols;
            std::vector<Event> events;
            read_available(source, symbols, events);
            if (first) reading.open();
        }
        return 0;
    }};
    reading.wait();
    viewer.kill(SIGKILL);
    CHECK(viewer.wait() == -SIGKILL);
    for (std::uint64_t number = 101; number <= 200; ++number) write_telling(ring, session.now(), number);
    LiveSource source{session.path()};
    Symbols symbols;
    std::vector<Event> events;
    CHECK(read_available(source, symbols, events) == SourceState::idle);
    CHECK(events.size() == 200);
    CHECK(all_whole(events, symbols));
}

TEST_CASE_METHOD(FreshFolder, "a ring lapped a thousand times under a viewer loses what it must, counted exactly") {
    constexpr std::uint64_t total = 256 * 1000;
    WrittenSession session{256};
    auto& ring = session.ring();
    LiveSource source{session.path(), LiveStart::beginning};
    Symbols symbols;
    std::vector<Event> events;
    for (std::uint64_t number = 1; number <= total; ++number) {
        ring.write(Event::pack(EventKind::task_running, 1, number), session.now(), 0, 0);
        if (number % 5000 == 0) read_available(source, symbols, events);
    }
    read_available(source, symbols, events);
    std::uint64_t lost = 0, next = 1;
    for (const Event& one : events) {
        if (one.kind() == EventKind::lost) {
            lost += one.a;
            next += one.a;
        } else {
            REQUIRE(one.task() == next++);
        }
    }
    CHECK(next == total + 1);
    CHECK(lost > total / 2);
}

TEST_CASE_METHOD(FreshFolder, "a target that exits while it is being attached to is read, or told to be gone") {
    const auto exited_after = [](int step) {
        LaunchedProcess process{{.command = {target, "events=10", "wait"}}};
        const auto starter = process.open();
        Symbols symbols;
        std::vector<Event> events;
        read_until(*starter, symbols, events, 10);
        const auto end = [&](int when) {
            if (when != step) return;
            process.terminate(SIGKILL);
            process.wait();
        };
        end(0);
        const std::string path = find_session(process.pid());
        end(1);
        LiveSource late{path};
        end(2);
        std::vector<Event> seen;
        late.read(symbols, seen, 3);
        end(3);
        while (late.read(symbols, seen, 3) != SourceState::ended) {
        }
        CHECK(late.note().find("killed") != std::string::npos);
        return seen.size();
    };
    HeldInput input;
    for (int step = 0; step < 4; ++step) CHECK(exited_after(step) == 10);
}

TEST_CASE_METHOD(FreshFolder, "a session that is removed between finding and opening it is told in one line") {
    std::string path;
    {
        WrittenSession session;
        path = find_session(getpid());
        unlink(path.c_str());
    }
    CHECK(error_of([&] { LiveSource{path}; }) == "cannot open " + path + ": No such file or directory");
    CHECK(error_of([] { find_session(getpid()); }).find("shares no events") != std::string::npos);
}

namespace {

/// Forks a child that gets a number of our choice, which nobody has; 0 in the child, -1 where that is not permitted.
pid_t fork_as(pid_t wanted) {
    clone_args how{};
    how.exit_signal = SIGCHLD;
    how.set_tid = reinterpret_cast<std::uintptr_t>(&wanted);
    how.set_tid_size = 1;
    return static_cast<pid_t>(syscall(SYS_clone3, &how, sizeof how));
}

/// A child that has written an event into a session of its own, and waits.
struct Sharing {
    explicit Sharing(const std::function<void()>& then)
        : child([&] {
              WrittenSession session;
              write_telling(session.ring(), session.now(), 1);
              there.open();
              then();
              return 0;
          }) {
        there.wait();
    }
    Gate there;
    ChildProcess child;
};

std::string note_at_end(const std::string& path) {
    LiveSource source(path);
    Symbols symbols;
    CHECK(read_to_end(source, symbols).size() == 1);
    return source.note();
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "a dead process whose number another one has by now is told apart from it") {
    Sharing before([] { pause(); });
    const pid_t pid = before.child.pid();
    const std::string path = find_session(pid);
    // The system counts a process's start in hundredths of a second.
    const auto first_tick = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - first_tick < std::chrono::milliseconds(20)) continue;
    before.child.kill(SIGKILL);
    before.child.wait();
    const pid_t later = fork_as(pid);
    if (later == 0) {
        execlp("sleep", "sleep", "1000", nullptr);
        _exit(1);
    }
    if (later < 0) {
        WARN("no process may be given a number here (" << strerror(errno) << "): not tried");
        SUCCEED();
        return;
    }
    CHECK(later == pid);
    while (process_command(pid) != "sleep 1000") continue;
    CHECK(find_session(pid) == path);
    CHECK(note_at_end(path) == "process " + std::to_string(pid) +
                                   " was killed or crashed; its last events are here; its number is another process's "
                                   "by now (sleep 1000)");
    CHECK_FALSE(shares_events(pid));
    kill(later, SIGKILL);
    waitpid(later, nullptr, 0);
}

TEST_CASE_METHOD(FreshFolder, "a process that becomes another program has ended well, and is no crash") {
    Sharing one([] { execlp("sleep", "sleep", "1000", nullptr); });
    const pid_t pid = one.child.pid();
    while (process_command(pid) != "sleep 1000") continue;
    const std::vector<SessionEntry> entries = SessionDirectory().refresh();
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].status == SessionStatus::ended);
    CHECK(note_at_end(entries[0].path) ==
          "process " + std::to_string(pid) + " has become another program; its last events are here");
}

TEST_CASE_METHOD(FreshFolder, "a pid that is used again is told from the one before by the lock, not by its number") {
    WrittenSession before;
    before.segment().header().name[0] = 'B';
    before.crash();
    WrittenSession now;
    CHECK(find_session(getpid()) == now.path());
    now.crash();
    CHECK(left_sessions().size() == 2);
}

TEST_CASE_METHOD(FreshFolder,
                 "a living session that is cut short ends for its viewer, and is refused with the reason") {
    Gate written, was_cut, stay;
    ChildProcess process{[&] {
        WrittenSession session;
        auto& ring = session.ring();
        for (Id i = 0; i < 10; ++i) write_telling(ring, session.now(), i);
        written.open();
        was_cut.wait();
        for (Id i = 0; i < 10; ++i) write_telling(ring, session.now(), i);
        written.open();
        stay.wait();
        return 0;
    }};
    written.wait();
    const std::string path = find_session(process.pid());
    LiveSource source{path};
    Symbols symbols;
    std::vector<Event> events;
    read_available(source, symbols, events);
    REQUIRE(truncate(path.c_str(), 0) == 0);
    was_cut.open();
    written.wait();
    CHECK(read_available(source, symbols, events) == SourceState::ended);
    CHECK(events.size() == 10);
    CHECK(source.note() == path + " was cut short or overwritten; what was read until then is here");
    const timespec long_ago[2] = {{1000, 0}, {1000, 0}};
    REQUIRE(utimensat(AT_FDCWD, path.c_str(), long_ago, 0) == 0);
    CHECK(error_of([&] {
              find_session(process.pid());
          }).find("was cut short by another program: its process runs on") != std::string::npos);
    stay.open();
    CHECK(process.wait() == 0);
}
