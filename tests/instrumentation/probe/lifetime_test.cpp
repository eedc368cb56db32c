// SPDX-License-Identifier: GPL-3.0-or-later
#include <pthread.h>
#include <signal.h>

#include <awaitscope/probe.hpp>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/instrumentation/probe/probe_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

int share_and_end() {
    setenv("AWAITSCOPE", "1", 1);
    setenv("AWAITSCOPE_NAME", "from the environment", 1);
    probe::enable_from_environment();
    awaitscope::mark("alive");
    EXPECT_IN_CHILD(OnlySession{}.file->facts().name == "from the environment");
    return 0;
}

struct EmitsAtItsEnd {
    ~EmitsAtItsEnd() { awaitscope::mark("from a destructor"); }
};

}  // namespace

TEST_CASE_METHOD(FreshFolder, "exit() ends the session and removes it") {
    CHECK(in_child(share_and_end, ChildProcess::End::exit) == 0);
    CHECK(session_paths(ring::session_folder()).empty());
}

TEST_CASE_METHOD(FreshFolder, "with AWAITSCOPE_LAUNCH the session stays, and says that it ended") {
    setenv("AWAITSCOPE_LAUNCH", "7", 1);
    CHECK(in_child(share_and_end, ChildProcess::End::exit) == 0);
    unsetenv("AWAITSCOPE_LAUNCH");
    const OnlySession session;
    CHECK(session.file->facts().state == ring::SessionState::ended);
    CHECK_FALSE(session.file->alive());
    CHECK(session.ring(0).size() == 2);
}

TEST_CASE_METHOD(FreshFolder, "a process that is killed leaves its last events") {
    CHECK(in_child([] {
              share_and_end();
              raise(SIGKILL);
              return 0;
          }) == -SIGKILL);
    const OnlySession session;
    CHECK(session.file->facts().state == ring::SessionState::running);
    CHECK_FALSE(session.file->alive());
    CHECK(session.ring(0).size() == 2);
}

TEST_CASE_METHOD(FreshFolder, "AWAITSCOPE=0 and an empty AWAITSCOPE mean no") {
    setenv("AWAITSCOPE", GENERATE("", "0"), 1);
    CHECK(in_child([] {
              probe::enable_from_environment();
              return awaitscope::enabled() ? 1 : 0;
          }) == 0);
    unsetenv("AWAITSCOPE");
}

TEST_CASE_METHOD(FreshFolder, "a start that fails says so once, and the program runs on") {
    setenv("AWAITSCOPE_DIR", "/proc/nonesuch", 1);
    CHECK(in_child([] {
              int ends[2];
              EXPECT_IN_CHILD(pipe(ends) == 0);
              dup2(ends[1], STDERR_FILENO);
              for (int i = 0; i < 3; ++i) {
                  if (awaitscope::enable("x") || awaitscope::enabled() || probe::emitter()) return 1;
                  probe::enable_from_environment();
                  awaitscope::mark("nobody hears it");
              }
              close(ends[1]);
              close(STDERR_FILENO);
              std::string said(4096, '\0');
              said.resize(static_cast<std::size_t>(read(ends[0], said.data(), said.size())));
              const bool once =
                  said.starts_with("awaitscope: cannot make /proc/nonesuch") && said.find('\n') == said.size() - 1;
              return once ? 0 : 2;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "a ring size that is none is refused in words") {
    setenv("AWAITSCOPE_RING", GENERATE("1000", "many", "4096x", "-1"), 1);
    CHECK(in_child([] { return awaitscope::enable("x") ? 1 : 0; }) == 0);
    unsetenv("AWAITSCOPE_RING");
}

TEST_CASE_METHOD(FreshFolder, "threads that end give their rings back, more of them than there are rings") {
    CHECK(in_child([] {
              setenv("AWAITSCOPE_RING", "256", 1);
              EXPECT_IN_CHILD(awaitscope::enable("threads"));
              awaitscope::mark("main");
              for (int i = 0; i < 200; ++i)
                  std::thread{[] {
                      EXPECT_IN_CHILD(probe::emitter() != nullptr);
                      awaitscope::mark("t");
                  }}.join();
              const OnlySession session;
              EXPECT_IN_CHILD(session.rings()[1].head == 400);
              EXPECT_IN_CHILD(session.rings()[1].state == ring::RingState::given_back);
              EXPECT_IN_CHILD(session.rings()[2].head == 0);
              return 0;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "a thread beyond the last ring is unseen, and not disturbed") {
    CHECK(in_child([] {
              setenv("AWAITSCOPE_RING", "256", 1);
              EXPECT_IN_CHILD(awaitscope::enable("threads"));
              Gate taken, done;
              std::vector<std::thread> threads;
              for (unsigned i = 0; i < ring::ring_count; ++i)
                  threads.emplace_back([&] {
                      awaitscope::mark("t");
                      taken.open();
                      done.wait();
                  });
              for (unsigned i = 0; i < ring::ring_count; ++i) taken.wait();
              EXPECT_IN_CHILD(probe::emitter() == nullptr);
              awaitscope::mark("main");
              for (unsigned i = 0; i < ring::ring_count; ++i) done.open();
              for (auto& thread : threads) thread.join();
              EXPECT_IN_CHILD(probe::emitter() == nullptr);  // it does not ask again
              return 0;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "destructors of threads and of the program can still emit") {
    setenv("AWAITSCOPE_LAUNCH", "7", 1);
    CHECK(in_child(
              [] {
                  static EmitsAtItsEnd at_the_very_end;  // made before the session, so destroyed after its end
                  EXPECT_IN_CHILD(awaitscope::enable("ends"));
                  static EmitsAtItsEnd at_exit;
                  std::thread{[] {
                      static thread_local EmitsAtItsEnd before;
                      (void)&before;
                      awaitscope::mark("thread");
                      static thread_local EmitsAtItsEnd after;
                      (void)&after;
                  }}.join();
                  return 0;
              },
              ChildProcess::End::exit) == 0);
    unsetenv("AWAITSCOPE_LAUNCH");
    const OnlySession session;
    CHECK(session.rings()[0].head == (3 + 2) * 2);  // the main thread took over the ring of the other
    CHECK(session.rings()[0].state == ring::RingState::taken);
    CHECK(session.rings()[1].head == 0);
}

TEST_CASE_METHOD(FreshFolder,
                 "an emitter made by a key's destructor, after the thread gave its ring back, is given back too") {
    CHECK(in_child([] {
              setenv("AWAITSCOPE_RING", "256", 1);
              EXPECT_IN_CHILD(awaitscope::enable("keys"));
              static pthread_key_t keys[2];
              const auto emit = [](void*) { awaitscope::mark("key"); };
              EXPECT_IN_CHILD(pthread_key_create(&keys[0], emit) == 0);
              std::thread{[] { awaitscope::mark("makes our key"); }}.join();
              EXPECT_IN_CHILD(pthread_key_create(&keys[1], emit) == 0);
              std::thread{[] {
                  awaitscope::mark("thread");
                  pthread_setspecific(keys[0], keys);
                  pthread_setspecific(keys[1], keys);
              }}.join();
              const auto rings = OnlySession{}.rings();
              EXPECT_IN_CHILD(rings[0].head == 4 * 2);
              EXPECT_IN_CHILD(rings[0].state == ring::RingState::given_back);
              EXPECT_IN_CHILD(rings[1].head == 0);
              return 0;
          }) == 0);
}
