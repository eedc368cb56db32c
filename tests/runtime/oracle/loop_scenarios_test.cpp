// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

#include "tests/runtime/oracle/oracle.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::LoopLog;

namespace {

/// Two connected sockets that do not block.
class SocketPair {
  public:
    SocketPair() { REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends_) == 0); }
    ~SocketPair() {
        close(ends_[0]);
        close(ends_[1]);
    }
    SocketPair(const SocketPair&) = delete;
    SocketPair& operator=(const SocketPair&) = delete;
    int first() const { return ends_[0]; }
    void send_to_first(char c) const { REQUIRE(write(ends_[1], &c, 1) == 1); }

  private:
    int ends_[2]{};
};

}  // namespace

ORACLE_SCENARIO(timers_order) {
    EventLoop& loop = get_running_loop();
    auto say = [&](const char* text) { log("{}", text); };
    loop.call_later(2s, say, "c");
    loop.call_later(1s, say, "a");
    loop.call_later(1s, say, "a2");
    loop.call_later(1500ms, say, "b");
    loop.call_later(1s, say, "a3");
    auto handle = loop.call_later(1200ms, say, "cancelled");
    handle.cancel();
    co_await sleep(3s);
}

ORACLE_SCENARIO(timer_vs_ready) {
    EventLoop& loop = get_running_loop();
    loop.call_later(0s, [&] { log("timer0"); });
    loop.call_soon([&] { log("soon"); });
    co_await sleep(0s);
    log("main");
}

ORACLE_SCENARIO(callback_exception) {
    EventLoop& loop = get_running_loop();
    // CPython's message goes on with the callback's name, of which its program logs the first part.
    loop.set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
        log("{} callback_exception", context.message.substr(0, context.message.find(" <lambda>()")));
    });
    loop.call_soon([] { throw ValueError(); });
    loop.call_soon([&] { log("next still runs"); });
    co_await sleep(0s);
}

ORACLE_SCENARIO(run_until_stop) {
    get_running_loop().call_soon([&] { log("x"); });
    log("m");
    co_return;
}

ORACLE_SCENARIO(stop_semantics) {
    EventLoop& loop = get_running_loop();
    loop.call_soon([&] {
        log("cb1");
        loop.call_soon([&] { log("scheduled by cb1 (not run)"); });
        loop.stop();
    });
    loop.call_soon([&] { log("cb2 still runs"); });
    co_await sleep(0s);
    log("main still runs");
    co_await sleep(0s);
    log("never here");
}

ORACLE_SCENARIO(io_timer_ready_order) {
    EventLoop& loop = get_running_loop();
    const SocketPair pair;
    pair.send_to_first('x');
    loop.add_reader(pair.first(), [&] {
        log("io");
        loop.remove_reader(pair.first());
    });
    loop.call_later(0s, [&] { log("timer"); });
    loop.call_soon([&] { log("soon"); });
    co_await sleep(0s);
    log("main");
    co_await sleep(0s);  // the timer's callback holds `pair` and comes after this step
}

ORACLE_SCENARIO(reader_and_writer_same_fd) {
    EventLoop& loop = get_running_loop();
    const SocketPair pair;
    pair.send_to_first('x');
    loop.add_writer(pair.first(), [&] {
        log("writable");
        loop.remove_writer(pair.first());
    });
    loop.add_reader(pair.first(), [&] {
        log("readable");
        loop.remove_reader(pair.first());
    });
    co_await sleep(0s);
    co_await sleep(0s);
}

ORACLE_SCENARIO(call_soon_threadsafe_path) {
    EventLoop& loop = get_running_loop();
    Event event;
    std::thread thread([&] { loop.call_soon_threadsafe([&] { event.set(); }); });
    thread.join();
    log("thread done");
    co_await event.wait();
    log("woke");
}

ORACLE_SCENARIO(signal_path) {
    EventLoop& loop = get_running_loop();
    Event event;
    loop.add_signal_handler(SIGUSR1, [&] {
        log("handler");
        event.set();
    });
    kill(getpid(), SIGUSR1);
    log("killed");
    co_await event.wait();
    log("woke");
    loop.remove_signal_handler(SIGUSR1);
}
