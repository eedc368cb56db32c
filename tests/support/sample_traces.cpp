// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sample_traces.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <queue>
#include <random>
#include <vector>

namespace awaitscope::test {
namespace {

/// Writes lines a microsecond apart, as the virtual clock stamps them.
class Script {
  public:
    template <typename... Values>
    void say(fmt::format_string<Values...> format, Values&&... values) {
        ns_ += 1000;
        text_ += fmt::format("{}.{:09} ", ns_ / 1'000'000'000, ns_ % 1'000'000'000);
        text_ += fmt::format(format, std::forward<Values>(values)...);
        text_ += '\n';
    }
    void goTo(std::int64_t ns) { ns_ = std::max(ns_, ns); }
    void wait(std::int64_t ns) { ns_ += ns; }
    std::int64_t now() const { return ns_; }
    const std::string& text() const { return text_; }

  private:
    std::int64_t ns_ = -1000;
    std::string text_;
};

constexpr std::int64_t second = 1'000'000'000, millisecond = 1'000'000, microsecond = 1'000;

}  // namespace

std::string two_processes() {
    return R"(
0.000 loop_started loop=1 name="web 4711: main" pid=4711
0.001 task_created 1 loop=1 name=serve coro=serve file=web.py line=8
0.001 task_running 1 loop=1
0.004 task_suspended 1 loop=1 on=io file=web.py line=10
0.005 loop_started loop=2 name="worker 4712" pid=4712
0.006 task_created 2 loop=2 name=job coro=job file=worker.py line=3
0.006 task_running 2 loop=2
0.010 loop_started loop=3 name="web 4711: helper" pid=4711
0.011 task_created 3 loop=3 name=help coro=helper file=web.py line=30
0.011 task_running 3 loop=3
0.016 task_suspended 2 loop=2 on=queue_get file=worker.py line=5
0.019 task_suspended 3 loop=3 on=sleep file=web.py line=31
0.020 task_ready 1 loop=1
0.021 task_running 1 loop=1
0.022 task_created 4 loop=1 name=client coro=client file=web.py line=15 parent=1
0.023 task_suspended 1 loop=1 on=io file=web.py line=10
0.024 task_running 4 loop=1
0.027 task_suspended 4 loop=1 on=io file=web.py line=17
0.029 task_ready 2 loop=2
0.030 task_running 2 loop=2
0.036 task_done 2 loop=2 state=finished
0.038 task_ready 4 loop=1
0.038 task_running 4 loop=1
0.040 task_done 4 loop=1 state=finished
)";
}

std::string gather_factorial() {
    Script s;
    int turn = 0;
    s.say("loop_started name=main");
    s.say("task_created 1 name=main coro=main file=app/scenarios/gather_factorial.cpp line=32");
    s.say("iteration n={} ready=1 timers=0", ++turn);
    s.say("task_running 1");
    const char* names[] = {"A", "B", "C"};
    for (int i = 0; i < 3; ++i)
        s.say(
            "task_created {} name=\"Task {}\" coro=factorial file=app/scenarios/gather_factorial.cpp line=15 parent=1",
            i + 2, names[i]);
    s.say("task_suspended 1 on=gather object=9 file=app/scenarios/gather_factorial.cpp line=37");
    s.say("iteration n={} ready=3 timers=0", ++turn);
    for (int i = 0; i < 3; ++i) {
        s.say("task_running {}", i + 2);
        s.say("output {} text=\"Task {}: Compute factorial({}), currently i=2...\"", i + 2, names[i], i + 2);
        s.say("timer_set {} handle={} when={}.0", i + 2, 20 + i, 1);
        s.say("task_suspended {} on=sleep object={} file=app/scenarios/gather_factorial.cpp line=19", i + 2, 30 + i);
    }
    int factorial[] = {1, 1, 1};
    for (int round = 1; round <= 3; ++round) {
        const int first = round - 1;
        s.goTo(round * second);
        s.say("poll timeout=1 took=0.999 ready=0");
        for (int i = first; i < 3; ++i) {
            s.say("timer_fired handle={}", 20 + i);
            s.say("task_ready {}", i + 2);
        }
        s.say("iteration n={} ready={} timers=0", ++turn, 3 - first);
        for (int i = first; i < 3; ++i) {
            factorial[i] *= round + 1;
            s.say("task_running {}", i + 2);
            if (i == first) {
                s.say("output {} text=\"Task {}: factorial({}) = {}\"", i + 2, names[i], i + 2, factorial[i]);
                s.say("task_done {} state=finished", i + 2);
                if (i == 2) s.say("task_ready 1 by=4");
            } else {
                s.say("output {} text=\"Task {}: Compute factorial({}), currently i={}...\"", i + 2, names[i], i + 2,
                      round + 2);
                s.say("timer_set {} handle={} when={}.0", i + 2, 20 + i, round + 1);
                s.say("task_suspended {} on=sleep object={} file=app/scenarios/gather_factorial.cpp line=19", i + 2,
                      30 + i);
            }
        }
    }
    s.say("iteration n={} ready=1 timers=0", ++turn);
    s.say("task_running 1");
    s.say("output 1 text=\"[2, 6, 24]\"");
    s.say("task_done 1 state=finished");
    s.say("loop_stopped");
    return s.text();
}

std::string many_tasks(int count, int steps, unsigned seed) {
    Script s;
    std::mt19937 random(seed);
    const auto upTo = [&](std::int64_t most) {
        return static_cast<std::int64_t>(random() % static_cast<unsigned>(most)) + 1;
    };
    s.say("loop_started name=main");
    s.say("task_created 1 name=main coro=serve file=server.cpp line=40");
    s.say("task_running 1");
    for (int i = 0; i < count; ++i)
        s.say("task_created {} name=Task-{} coro=worker file=server.cpp line={} parent={}", i + 2, i + 2, 12 + i % 3,
              i % 8 ? i / 8 * 8 + 2 : 1);
    s.say("task_suspended 1 on=gather object=100000 file=server.cpp line=44");

    struct Due {
        std::int64_t when;
        int task;
        int left;
        bool operator>(const Due& other) const { return when > other.when; }
    };
    std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
    for (int i = 0; i < count; ++i) due.push({0, i + 2, steps});
    const char* kinds[] = {"sleep", "sleep", "lock", "queue_get", "io", "future"};
    int turn = 0;
    while (!due.empty()) {
        s.goTo(due.top().when);
        std::vector<Due> now;
        while (!due.empty() && due.top().when <= s.now()) {
            now.push_back(due.top());
            due.pop();
        }
        s.say("poll timeout=0.01 took=0.001 ready=0");
        for (const Due& task : now)
            if (task.left < steps) s.say("task_ready {}", task.task);
        s.say("iteration n={} ready={} timers={}", ++turn, now.size(), due.size());
        for (Due task : now) {
            s.say("task_running {}", task.task);
            s.wait(upTo(900 * microsecond));
            if (--task.left == 0) {
                s.say("task_done {} state={}", task.task,
                      task.task % 17 == 0 ? "failed error=ValueError"
                      : task.task % 11    ? "finished"
                                          : "cancelled");
                continue;
            }
            s.say("task_suspended {} on={} object={} file=server.cpp line={}", task.task, kinds[random() % 6],
                  200000 + task.task, 20 + random() % 9);
            task.when = s.now() + upTo(120) * millisecond;
            due.push(task);
        }
    }
    s.say("task_ready 1 by=2");
    s.say("task_running 1");
    s.say("task_done 1 state=finished");
    return s.text();
}

std::string echo_traffic(int clients, int messages) {
    Script s;
    std::mt19937 random(7);
    int turn = 0;
    s.say("loop_started name=main");
    s.say("task_created 1 name=main coro=main file=echo_server.cpp line=31");
    s.say("task_running 1");
    s.say("task_suspended 1 on=future object=90 file=echo_server.cpp line=36");
    for (int c = 0; c < clients; ++c) {
        s.wait(3 * millisecond);
        s.say("iteration n={} ready=1 timers=0", ++turn);
        s.say("connection_made fd={} peer=127.0.0.1:{}", 7 + c, 51200 + c);
        s.say("task_created {} name=client-{} coro=handle file=echo_server.cpp line=12 parent=1", 2 + c, c + 1);
        s.say("task_running {}", 2 + c);
        s.say("task_suspended {} on=io object={} file=echo_server.cpp line=15", 2 + c, 100 + c);
    }
    for (int m = 0; m < messages * clients; ++m) {
        const int c = static_cast<int>(random() % static_cast<unsigned>(clients));
        const int bytes = 1 << (random() % 14);
        s.wait(static_cast<std::int64_t>(random() % 4000) * microsecond);
        s.say("poll timeout=null took=0.001 ready=1");
        s.say("iteration n={} ready={} timers=0", ++turn, 1 + random() % 4);
        s.say("io_ready fd={} what=read", 7 + c);
        s.say("io_read fd={} bytes={}", 7 + c, bytes);
        s.say("task_ready {}", 2 + c);
        s.say("task_running {}", 2 + c);
        s.wait(static_cast<std::int64_t>(random() % 300) * microsecond);
        s.say("io_write fd={} bytes={}", 7 + c, bytes);
        s.say("task_suspended {} on=io object={} file=echo_server.cpp line=15", 2 + c, 100 + c);
        if (m == messages) s.say("mark text=\"load begins\"");
        if (m == 2 * messages) {
            s.wait(20 * millisecond);
            s.say("lost count=1204");
        }
    }
    for (int c = 0; c < clients - 1; ++c) {
        s.wait(2 * millisecond);
        s.say("io_read fd={} bytes=0", 7 + c);
        s.say("connection_lost fd={}", 7 + c);
        s.say("task_ready {}", 2 + c);
        s.say("task_running {}", 2 + c);
        s.say("task_done {} state=finished", 2 + c);
    }
    return s.text();
}

std::string all_kinds() {
    Script s;
    s.say("loop_started name=main");
    s.say("task_created 1 name=main coro=main file=kinds.cpp line=60");
    s.say("task_running 1");
    const char* kinds[] = {"sleep",     "gather", "lock",   "semaphore", "queue_get",
                           "queue_put", "io",     "thread", "future",    "event"};
    int task = 2;
    for (const char* kind : kinds) {
        s.say("task_created {} name={} coro=waits_for_{} file=kinds.cpp line={} parent={}", task, kind, kind, task * 4,
              task % 2 ? task - 1 : 1);
        ++task;
    }
    s.say("task_suspended 1 on=group object=50 file=kinds.cpp line=70");
    s.say("iteration n=1 ready=10 timers=0");
    task = 2;
    for (const char* kind : kinds) {
        s.say("task_running {}", task);
        s.wait((10 + task * 5) * millisecond);
        s.say("task_suspended {} on={} object={} file=kinds.cpp line={}", task, kind, 300 + task, task * 4 + 2);
        ++task;
    }
    for (task = 2; task < 12; ++task) {
        s.wait(25 * millisecond);
        s.say("poll timeout=1 took=0.02 ready=0");
        s.say("task_ready {} by={}", task, task % 3 ? task - 1 : 0);
        s.say("iteration n={} ready=1 timers=0", task);
        s.wait(6 * millisecond);
        s.say("task_running {}", task);
        s.wait(14 * millisecond);
        s.say("task_done {} state={}", task,
              task % 5 == 0   ? "failed error=\"ValueError: boom\""
              : task % 4 == 0 ? "cancelled"
                              : "finished");
    }
    s.say("task_ready 1 by=11");
    s.say("task_running 1");
    s.wait(9 * millisecond);
    s.say("task_done 1 state=finished");
    return s.text();
}

}  // namespace awaitscope::test
