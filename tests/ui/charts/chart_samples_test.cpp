// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_samples.hpp"

#include <catch2/catch.hpp>

#include "tests/support/sample_traces.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

constexpr Nanoseconds ms = 1'000'000, second = 1'000'000'000;

/// In the first second two switches and 100 bytes read, in the second one switch and 50 written.
const char* const traffic = R"(
0.0 loop_started name=main
0.1 task_created 1 name=a
0.1 iteration n=1 ready=1 timers=0
0.1 task_running 1
0.2 task_created 2 name=b parent=1
0.3 task_suspended 1 on=sleep object=9
0.4 iteration n=2 ready=3 timers=0
0.4 task_running 2
0.5 io_read fd=7 bytes=100
0.6 task_suspended 2 on=sleep object=8
1.2 iteration n=3 ready=1 timers=0
1.2 task_ready 1
1.2 task_running 1
1.3 io_write fd=7 bytes=50
1.5 task_done 1 state=finished
2.0 mark text=end
)";

}  // namespace

TEST_CASE("samples count what happened in their stretch") {
    const test::TextTrace trace(traffic);
    ChartSampler sampler;
    REQUIRE(sampler.update(trace.trace));
    const auto samples = sampler.data(trace.trace, 0, 2 * second, 2).samples;
    REQUIRE(samples.size() >= 2);
    CHECK(samples[0].begin == 0);
    CHECK(samples[0].end == second);
    CHECK(samples[0].switches_per_s == Approx(2));
    CHECK(samples[0].read_per_s == Approx(100));
    CHECK(samples[0].written_per_s == Approx(0));
    CHECK(samples[0].ready == 3);
    CHECK(samples[0].tasks == 2);
    CHECK(samples[1].switches_per_s == Approx(1));
    CHECK(samples[1].written_per_s == Approx(50));
    CHECK(samples[1].ready == 1);
    CHECK(samples[1].tasks == 1);
    CHECK(samples[0].lag == 200 * ms);
    CHECK(samples[1].lag == 0);
}

TEST_CASE("a turn that takes several samples has in each what is still ready") {
    std::string text = "0.0 loop_started name=main\n0.0 iteration n=1 ready=8 timers=0\n";
    for (int task = 1; task <= 4; ++task)
        text += std::to_string(task) + ".5 task_running " + std::to_string(task) + "\n";
    const test::TextTrace trace(text + "9.0 mark text=end\n");
    ChartSampler sampler;
    REQUIRE(sampler.update(trace.trace));
    std::vector<std::uint32_t> ready;
    for (const ChartSample& sample : sampler.data(trace.trace, 0, 8 * second, 8).samples) ready.push_back(sample.ready);
    CHECK(ready == std::vector<std::uint32_t>{8, 8, 7, 6, 5, 4, 4, 4});
}

TEST_CASE("what a waiting loop had ready is looked at again when its turn has ended") {
    // Before the poll tells so, nobody knows that the one handle of the turn has run.
    test::TextTrace trace("0.0 loop_started name=main\n0.0 iteration n=1 ready=1 timers=1\n5.0 mark loop=2 text=x\n");
    const test::TextTrace whole(
        "0.0 loop_started name=main\n0.0 iteration n=1 ready=1 timers=1\n5.0 mark loop=2 text=x\n"
        "6.0 poll timeout=6 took=6 ready=0\n");
    ChartSampler sampler;
    REQUIRE(sampler.update(trace.trace));
    CHECK(sampler.data(trace.trace, 2 * second, 4 * second, 2).samples.at(0).ready == 1);
    trace.trace.append(std::vector<Event>{whole->event(3)});
    REQUIRE(sampler.update(trace.trace));
    CHECK(sampler.data(trace.trace, 2 * second, 4 * second, 2).samples.at(0).ready == 0);
}

TEST_CASE("samples are as many as asked for at most, and stand still while one pans") {
    const test::TextTrace trace(test::many_tasks(20, 50));
    ChartSampler sampler;
    REQUIRE(sampler.update(trace.trace));
    const int most = GENERATE(1, 7, 40, 300);
    const auto here = sampler.data(trace.trace, 100 * ms, 600 * ms, most).samples;
    const auto there = sampler.data(trace.trace, 103 * ms, 603 * ms, most).samples;
    REQUIRE_FALSE(here.empty());
    CHECK(here.size() <= static_cast<std::size_t>(most) + 1);
    for (const ChartSample& sample : here)
        for (const ChartSample& other : there)
            if (sample.begin == other.begin) CHECK(sample.switches_per_s == other.switches_per_s);
    CHECK(here[0].begin % (here[0].end - here[0].begin) == 0);
}

TEST_CASE("outside of the recording there are no samples") {
    const test::TextTrace trace(traffic);
    ChartSampler sampler;
    sampler.update(trace.trace);
    CHECK(sampler.data(trace.trace, 10 * second, 20 * second, 10).samples.empty());
    CHECK(sampler.data(trace.trace, -20 * second, -10 * second, 10).samples.empty());
    CHECK(sampler.data(trace.trace, second, second, 10).samples.empty());
    CHECK(sampler.data(trace.trace, 2 * second, second, 10).samples.empty());
    const test::TextTrace nothing("");
    ChartSampler idle;
    CHECK(idle.update(nothing.trace));
    CHECK(idle.data(nothing.trace, 0, second, 10).samples.empty());
}

TEST_CASE("the sum of the rates is the number of switches, whatever the resolution") {
    const test::TextTrace trace(test::many_tasks(30, 20));
    ChartSampler sampler;
    sampler.update(trace.trace);
    const int most = GENERATE(3, 50, 200);
    double switches = 0;
    const ChartData data = sampler.data(trace.trace, trace->begin(), trace->end() + 1, most);
    for (const ChartSample& sample : data.samples)
        switches += sample.switches_per_s * static_cast<double>(sample.end - sample.begin) / 1e9;
    std::uint64_t resumed = 0;
    for (const Task& task : trace->tasks()) resumed += task.resumed;
    CHECK(switches == Approx(static_cast<double>(resumed)));
}

TEST_CASE("of the queues those are charted that held the most in the range") {
    std::string text;
    for (int queue = 1; queue <= 5; ++queue)
        for (int i = 1; i <= queue; ++i)
            text += "0." + std::to_string(queue) + " queue_put object=" + std::to_string(queue) +
                    " size=" + std::to_string(i) + " maxsize=0\n";
    text += "1.5 queue_get object=5 size=4 maxsize=0\n1.5 queue_put object=1 size=9 maxsize=0\n2.5 mark text=end\n";
    const test::TextTrace trace(text);
    ChartSampler sampler;
    REQUIRE(sampler.update(trace.trace));
    const ChartData early = sampler.data(trace.trace, 0, second, 1);
    CHECK(early.queues == std::vector<Id>{5, 4, 3});
    REQUIRE(early.samples.size() == 1);
    CHECK(early.samples[0].levels == std::array<std::uint32_t, 3>{5, 4, 3});
    const ChartData late = sampler.data(trace.trace, second, 3 * second, 2);
    CHECK(late.queues == std::vector<Id>{1, 5, 4});
    REQUIRE(late.samples.size() == 2);
    CHECK(late.samples[0].levels == std::array<std::uint32_t, 3>{9, 5, 4});
    CHECK(late.samples[1].levels == std::array<std::uint32_t, 3>{9, 4, 4});
}

TEST_CASE("what is kept of a range is right after more has come") {
    const std::string whole = test::many_tasks(20, 50);
    const std::size_t half = whole.find('\n', whole.size() / 2) + 1;
    const test::TextTrace all(whole);
    test::TextTrace growing(std::string_view(whole).substr(0, half));
    ChartSampler sampler, fresh;
    REQUIRE(sampler.update(growing.trace));
    const Nanoseconds begin = all->begin(), end = all->end() + 1;
    const ChartData before = sampler.data(growing.trace, begin, end, 50);
    REQUIRE(before.samples.size() > 10);
    std::vector<Event> rest;
    for (EventIndex i = growing->event_count(); i < all->event_count(); ++i) rest.push_back(all->event(i));
    growing.trace.append(rest);
    REQUIRE(sampler.update(growing.trace));
    REQUIRE(fresh.update(growing.trace));
    const ChartData after = sampler.data(growing.trace, begin, end, 50),
                    wanted = fresh.data(growing.trace, begin, end, 50);
    REQUIRE(after.samples.size() == wanted.samples.size());
    CHECK(after.samples.size() > before.samples.size());
    for (std::size_t i = 0; i < wanted.samples.size(); ++i) {
        CHECK(after.samples[i].begin == wanted.samples[i].begin);
        CHECK(after.samples[i].lag == wanted.samples[i].lag);
        CHECK(after.samples[i].tasks == wanted.samples[i].tasks);
        CHECK(after.samples[i].switches_per_s == wanted.samples[i].switches_per_s);
    }
}
