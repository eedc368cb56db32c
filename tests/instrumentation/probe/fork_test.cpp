// SPDX-License-Identifier: GPL-3.0-or-later
#include <awaitscope/probe.hpp>
#include <catch2/catch.hpp>

#include "tests/instrumentation/probe/probe_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE_METHOD(FreshFolder, "a forked child is unseen, and an emitter it still holds writes nowhere") {
    CHECK(in_child([] {
              EXPECT_IN_CHILD(awaitscope::enable("parent"));
              auto* emitter = probe::emitter();
              awaitscope::mark("parent");
              const auto before = OnlySession{}.ring(0).size();
              const int code = in_child([] {
                  EXPECT_IN_CHILD(!awaitscope::enabled());
                  EXPECT_IN_CHILD(probe::emitter() == nullptr);
                  awaitscope::mark("child");
                  probe::enable_from_environment();
                  EXPECT_IN_CHILD(!awaitscope::enabled());
                  return 0;
              });
              ChildProcess holding{[emitter] {
                  for (int i = 0; i < 100'000; ++i) emitter->emit_now(EventKind::task_running, 1, 1);
                  emitter->emit_text(EventKind::mark, 1, 1, 0, 0, "child");
                  emitter->place("child.cpp", 1, "f");
                  emitter->publish_loop(9, 9, 9);
                  emitter->set_virtual_time(1);
                  emitter->snapshot_wanted();
                  return 0;
              }};
              EXPECT_IN_CHILD(code == 0 && holding.wait() == 0);
              const OnlySession session;
              EXPECT_IN_CHILD(session.ring(0).size() == before);
              EXPECT_IN_CHILD(session.rings()[0].loop == 0 && !session.file->facts().virtual_clock);
              EXPECT_IN_CHILD(session.file->alive());
              awaitscope::mark("parent goes on");
              EXPECT_IN_CHILD(session.ring(0).size() > before);
              return 0;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "a forked child's exit leaves the parent's session alone") {
    CHECK(in_child([] {
              EXPECT_IN_CHILD(awaitscope::enable("parent"));
              awaitscope::mark("parent");
              EXPECT_IN_CHILD(in_child([] { return 0; }, ChildProcess::End::exit) == 0);
              const OnlySession session;
              EXPECT_IN_CHILD(session.file->alive());
              EXPECT_IN_CHILD(session.file->facts().state == ring::SessionState::running);
              return 0;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "with AWAITSCOPE=1 a forked child has a session of its own") {
    CHECK(in_child([] {
              setenv("AWAITSCOPE", "1", 1);
              probe::enable_from_environment();
              awaitscope::mark("parent");
              EXPECT_IN_CHILD(in_child(
                                  [] {
                                      probe::enable_from_environment();
                                      EXPECT_IN_CHILD(awaitscope::enabled());
                                      awaitscope::mark("child");
                                      EXPECT_IN_CHILD(session_paths(ring::session_folder()).size() == 2);
                                      return 0;
                                  },
                                  ChildProcess::End::exit) == 0);
              EXPECT_IN_CHILD(OnlySession{}.file->facts().pid == getpid());
              return 0;
          }) == 0);
}
