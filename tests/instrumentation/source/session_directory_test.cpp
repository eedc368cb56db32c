// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/session_directory.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "instrumentation/source/process_facts.hpp"
#include "instrumentation/source/python_injection.hpp"
#include "tests/instrumentation/source/source_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// A process that does nothing, for a user.
class Bystander {
  public:
    explicit Bystander(uid_t user) : pid_(fork()) {
        if (pid_ != 0) {
            while (process_owner(pid_) != user) std::this_thread::yield();
            return;
        }
        if (setresuid(user, user, user) == 0) pause();
        _exit(1);
    }
    ~Bystander() {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    Bystander(const Bystander&) = delete;
    Bystander& operator=(const Bystander&) = delete;
    int pid() const { return pid_; }

  private:
    int pid_;
};

}  // namespace

TEST_CASE_METHOD(FreshFolder, "without sessions, or without their folder, the list is empty") {
    CHECK(SessionDirectory{}.refresh().empty());
    rmdir(ring::session_folder().c_str());
    CHECK(SessionDirectory{}.refresh().empty());
}

TEST_CASE_METHOD(FreshFolder, "a living process is listed with its figures") {
    WrittenSession session;
    auto& ring = session.ring();
    auto& header = session.segment().ring_header(0);
    header.loop.store(1);
    header.tasks_alive.store(12);
    ring.write(Event::pack(EventKind::mark, 1, 1), session.now(), 0, 0);
    SessionDirectory directory;
    REQUIRE(directory.refresh().size() == 1);
    const SessionEntry first = directory.entries()[0];
    CHECK(first.status == SessionStatus::running);
    CHECK(first.pid == getpid());
    CHECK(first.name == "written");
    CHECK(first.command.find("source_test") != std::string::npos);
    CHECK(first.loops == 1);
    CHECK(first.tasks_alive == 12);
    CHECK(first.events == 1);
    CHECK(first.events_per_second == 0);
    CHECK(first.problem.empty());
    for (int i = 0; i < 10; ++i) ring.write(Event::pack(EventKind::mark, 1, 1), session.now(), 0, 0);
    const SessionEntry second = directory.refresh()[0];
    CHECK(second.events == 11);
    CHECK(second.events_per_second > 0);
    CHECK(list_sessions(std::chrono::milliseconds(1)).size() == 1);
}

TEST_CASE_METHOD(FreshFolder, "dead processes are listed as what they are") {
    std::string crashed, ended;
    {
        WrittenSession one, other{4096, 1};
        crashed = one.path();
        ended = other.path();
        other.segment().end();
    }
    SessionDirectory directory;
    REQUIRE(directory.refresh().size() == 2);
    for (const SessionEntry& entry : directory.entries())
        CHECK(entry.status == (entry.path == crashed ? SessionStatus::crashed : SessionStatus::ended));
}

TEST_CASE_METHOD(FreshFolder, "what is refused is listed with the reason") {
    WrittenSession session;
    const auto entry = [] {
        SessionDirectory directory;
        REQUIRE(directory.refresh().size() == 1);
        return directory.entries()[0];
    };
    SECTION("another version") {
        session.segment().header().version = 99;
        CHECK(entry().status == SessionStatus::refused);
        CHECK(entry().problem.find("version 99") != std::string::npos);
    }
    SECTION("another user's") {
        if (geteuid() != 0) {
            WARN("only root can give a file away: not tried");
            SUCCEED();
            return;
        }
        REQUIRE(chown(session.path().c_str(), 65534, 65534) == 0);
        CHECK(entry().status == SessionStatus::refused);
        CHECK(entry().problem.find("belongs to user 65534") != std::string::npos);
    }
    SECTION("cut short") {
        REQUIRE(truncate(session.path().c_str(), 100) == 0);
        session.crash();
        CHECK(entry().problem.find("cut short") != std::string::npos);
    }
}

TEST_CASE_METHOD(FreshFolder, "other files in the folder are not listed") {
    std::ofstream(ring::session_folder() + "/notes.txt") << "mine";
    CHECK(SessionDirectory{}.refresh().empty());
}

TEST_CASE_METHOD(FreshFolder, "a folder that others may enter is refused") {
    REQUIRE(chmod(ring::session_folder().c_str(), 0755) == 0);
    CHECK(error_of([] { SessionDirectory{}.refresh(); }).find("chmod 700") != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "a process is found by its pid, the living before the dead") {
    std::string dead;
    {
        WrittenSession one;
        dead = one.path();
    }
    CHECK(find_session(getpid()) == dead);
    CHECK(!shares_events(getpid()));  // whoever has the number now
    WrittenSession living;
    CHECK(find_session(getpid()) == living.path());
    CHECK(shares_events(getpid()));
}

TEST_CASE_METHOD(FreshFolder, "a process that shares nothing is refused with the reason") {
    const auto refused = [](const std::string& why) { return Catch::Contains("shares no events: " + why); };
    CHECK_THROWS_WITH(find_session(999'999'999), refused("there is no such process"));
    const Bystander mine(geteuid());
    CHECK_THROWS_WITH(find_session(mine.pid()),
                      refused("it runs ") && Catch::Contains("source_test; what is built on"));
    if (geteuid() == 0) {
        const Bystander nobodys(65534);
        CHECK_THROWS_WITH(find_session(nobodys.pid()), refused("it belongs to user 65534"));
        CHECK(!find_python(nobodys.pid()));
    } else {
        CHECK_THROWS_WITH(find_session(1), refused("it belongs to user 0"));  // init is root's
    }
}
