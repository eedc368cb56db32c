// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>

#include <catch2/catch.hpp>

#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::run_virtual;
using awaitscope::test::thrown_by;

namespace {

/// Catch2 has a handler of its own for SIGINT: here it is as in a program that has none.
class DefaultInterrupt {
  public:
    DefaultInterrupt() {
        struct sigaction action {};
        action.sa_handler = SIG_DFL;
        sigaction(SIGINT, &action, &saved_);
    }
    ~DefaultInterrupt() { sigaction(SIGINT, &saved_, nullptr); }

  private:
    struct sigaction saved_ {};
};

}  // namespace

TEST_CASE_METHOD(DefaultInterrupt, "Ctrl-C cancels the main task, and run() throws KeyboardInterrupt") {
    bool cleaned_up = false;
    CHECK(thrown_by([&] {
              run_virtual([&]() -> Coroutine<> {
                  raise(SIGINT);
                  const auto slept = co_await as_result(sleep(10s));
                  CHECK(to_string(slept.exception()) == "CancelledError");
                  co_await sleep(1s);
                  cleaned_up = true;
                  std::rethrow_exception(slept.exception());
              });
          }) == "KeyboardInterrupt");
    CHECK(cleaned_up);
}

TEST_CASE_METHOD(DefaultInterrupt, "Ctrl-C wakes a loop that waits for real") {
    CHECK(thrown_by([] {
              run([]() -> Coroutine<> {
                  get_running_loop().call_soon([] { raise(SIGINT); });
                  co_await sleep(1h);
              });
          }) == "KeyboardInterrupt");
}

TEST_CASE_METHOD(DefaultInterrupt, "A main task that swallows Ctrl-C gives its result") {
    CHECK(run_virtual([]() -> Coroutine<int> {
              raise(SIGINT);
              co_await as_result(sleep(10s));
              co_return 5;
          }) == 5);
}

TEST_CASE_METHOD(DefaultInterrupt, "A second Ctrl-C throws at once") {
    const awaitscope::test::CapturedStderr captured;
    bool went_on = false;
    CHECK(thrown_by([&] {
              run_virtual([&]() -> Coroutine<> {
                  raise(SIGINT);
                  co_await as_result(sleep(10s));
                  raise(SIGINT);
                  co_await sleep(0s);
                  went_on = true;
              });
          }) == "KeyboardInterrupt");
    CHECK_FALSE(went_on);
}

TEST_CASE_METHOD(DefaultInterrupt, "A main task that cancels itself is not taken for interrupted") {
    CHECK(thrown_by([] {
              run_virtual([]() -> Coroutine<> {
                  current_task()->cancel("own");
                  co_await sleep(1s);
              });
          }) == "CancelledError: own");
}

TEST_CASE_METHOD(DefaultInterrupt, "After run() SIGINT is the program's again") {
    run_virtual([]() -> Coroutine<> { co_return; });
    struct sigaction now {};
    sigaction(SIGINT, nullptr, &now);
    CHECK(now.sa_handler == SIG_DFL);
}

namespace {
volatile sig_atomic_t own_handler_calls = 0;
extern "C" void own_handler(int) {
    own_handler_calls = own_handler_calls + 1;
}
}  // namespace

TEST_CASE_METHOD(DefaultInterrupt, "A program's own SIGINT handler is left alone") {
    struct sigaction action {};
    action.sa_handler = own_handler;
    sigaction(SIGINT, &action, nullptr);
    own_handler_calls = 0;
    CHECK(run_virtual([]() -> Coroutine<int> {
              raise(SIGINT);
              co_await sleep(1s);
              co_return 1;
          }) == 1);
    CHECK(own_handler_calls == 1);
}
