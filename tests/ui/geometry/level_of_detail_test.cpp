// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/level_of_detail.hpp"

#include <catch2/catch.hpp>
#include <memory>

#include "tests/support/trace_text.hpp"
#include "ui/geometry/running_share.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

constexpr Nanoseconds ms = 1'000'000;

/// A task that is ready at 0, runs at 10 ms, sleeps from 20 to 80 ms, runs at 85 ms, ends at 95 ms; a millisecond a
/// pixel when 100 pixels show the first 100 ms.
const char* const plain = R"(
0.000 task_created 1 name=main
0.010 task_running 1
0.020 task_suspended 1 on=sleep object=9
0.080 task_ready 1
0.085 task_running 1
0.095 task_done 1 state=finished
)";

std::vector<Piece> drawn(const Trace& trace, Extent extent, int width, AxisKind kind = AxisKind::time,
                         double ratio = 1) {
    const Axis axis(trace, kind);
    const TimeScale scale(extent, 0, width);
    const ColumnMap columns(trace, axis, scale, ratio, 0, static_cast<int>(width * ratio));
    std::vector<Piece> out;
    pieces(trace.tasks()[0], columns, 3, out);
    return out;
}

/// A task that runs for 300 ns every 1000 ns, `rounds` times.
std::unique_ptr<Trace> busyTask(std::uint32_t rounds) {
    auto trace = std::make_unique<Trace>(std::make_shared<Symbols>());
    std::vector<Event> events;
    std::uint64_t time = 0;
    const auto say = [&](EventKind kind, std::uint32_t c = 0) {
        events.push_back({Event::pack(kind, 1, 1), time, 0, 0, c});
    };
    say(EventKind::task_created);
    for (std::uint32_t i = 0; i < rounds; ++i) {
        time = i * 1000ull + 100;
        say(EventKind::task_running);
        time += 300;
        say(EventKind::task_suspended, static_cast<std::uint32_t>(WaitKind::sleep));
        time += 500;
        say(EventKind::task_ready);
    }
    trace->append(events);
    return trace;
}

}  // namespace

TEST_CASE("spans wider than a pixel are drawn as they are") {
    const test::TextTrace trace(plain);
    const auto pieces = drawn(trace.trace, {0, 100 * ms}, 100);
    REQUIRE(pieces.size() == 5);
    CHECK(pieces[0] == Piece{0, 10, TaskState::ready, 0, 1});
    CHECK(pieces[1] == Piece{10, 20, TaskState::running, 1, 1});
    CHECK(pieces[2] == Piece{20, 80, TaskState::waiting, 2, 1});
    CHECK(pieces[3] == Piece{80, 85, TaskState::ready, 3, 1});
    CHECK(pieces[4] == Piece{85, 95, TaskState::running, 4, 1});
}

TEST_CASE("a screen of twice the pixels has twice the columns") {
    const test::TextTrace trace(plain);
    const auto pieces = drawn(trace.trace, {0, 100 * ms}, 100, AxisKind::time, 2);
    REQUIRE(pieces.size() == 5);
    CHECK(pieces[2].begin == 40);
    CHECK(pieces[2].end == 160);
}

TEST_CASE("on the step axis each event has its width") {
    const test::TextTrace trace(plain);
    const auto pieces = drawn(trace.trace, {0, 6 * Axis::event_cell}, 60, AxisKind::steps);
    REQUIRE(pieces.size() == 5);
    CHECK(pieces[2] == Piece{20, 30, TaskState::waiting, 2, 1});
    CHECK(pieces[4] == Piece{40, 50, TaskState::running, 4, 1});
}

TEST_CASE("what lies outside is cut or left out") {
    const test::TextTrace trace(plain);
    const auto pieces = drawn(trace.trace, {15 * ms, 25 * ms}, 100);
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[0] == Piece{0, 50, TaskState::running, 1, 1});
    CHECK(pieces[1] == Piece{50, 100, TaskState::waiting, 2, 1});
    CHECK(drawn(trace.trace, {200 * ms, 300 * ms}, 100).empty());
    CHECK(drawn(trace.trace, {-300 * ms, -200 * ms}, 100).empty());
}

TEST_CASE("running stays visible however far one zooms out") {
    const test::TextTrace trace(plain);
    const Nanoseconds length =
        GENERATE(Nanoseconds{1000} * ms, Nanoseconds{100'000} * ms, Nanoseconds{100'000'000} * ms);
    const auto pieces = drawn(trace.trace, {0, length}, 1000);
    bool running = false;
    for (const Piece& piece : pieces)
        if (piece.state == TaskState::running) {
            running = true;
            CHECK(piece.end - piece.begin >= 3);
        }
    CHECK(running);
}

TEST_CASE("a short step is seen though a sliver of ready lies in the same pixel") {
    // Ready begins and ends in pixel 5, where running begins that ends in pixel 6.
    const test::TextTrace trace(R"(
0.0000 task_created 1 name=main
0.0001 task_running 1
0.0002 task_suspended 1 on=sleep object=9
0.0501 task_ready 1
0.0502 task_running 1
0.0610 task_suspended 1 on=sleep object=9
0.1000 task_ready 1
)");
    const auto pieces = drawn(trace.trace, {0, 100 * ms}, 10);
    const auto running = std::ranges::find_if(pieces, [](const Piece& p) { return p.span == 4; });
    REQUIRE(running != pieces.end());
    CHECK(running->state == TaskState::running);
    CHECK(running->begin == 5);
}

TEST_CASE("pieces ascend and never overlap, at any zoom") {
    const auto trace = busyTask(2000);
    const Nanoseconds length = GENERATE(1'000, 10'000, 77'777, 500'000, 2'000'000, 50'000'000);
    const AxisKind kind = GENERATE(AxisKind::time, AxisKind::steps);
    const auto pieces = drawn(*trace, {100, 100 + length}, 500, kind);
    REQUIRE_FALSE(pieces.empty());
    CHECK(pieces.front().begin >= 0);
    CHECK(pieces.back().end <= 500);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        REQUIRE(pieces[i].begin < pieces[i].end);
        if (i > 0) REQUIRE(pieces[i - 1].end <= pieces[i].begin);
    }
}

TEST_CASE("a million spans cost what the screen has pixels") {
    const auto trace = busyTask(1'000'000);
    REQUIRE(trace->tasks()[0].spans.size() > 3'000'000);
    const Nanoseconds length =
        GENERATE(Nanoseconds{10'000}, Nanoseconds{1'000'000}, Nanoseconds{100'000'000}, Nanoseconds{1'000'000'000});
    const Axis axis(*trace, AxisKind::time);
    const ColumnMap columns(*trace, axis, TimeScale({0, length}, 0, 1000), 1, 0, 1000);
    std::vector<Piece> out;
    const std::size_t looked_at = pieces(trace->tasks()[0], columns, 3, out);
    CHECK(out.size() <= 1000);
    CHECK(looked_at <= 6 * 1000);
    CHECK_FALSE(out.empty());
}

TEST_CASE("dense steps are joined, and say how many they are") {
    const auto trace = busyTask(100'000);
    const auto pieces = drawn(*trace, {0, 100'000'000}, 1000);
    REQUIRE(pieces.size() == 1);
    CHECK(pieces[0].state == TaskState::running);
    CHECK(pieces[0].begin == 0);
    CHECK(pieces[0].end == 1000);
    CHECK(pieces[0].count > 1000);
}

TEST_CASE("how much of its time a task runs is judged from the milestones around") {
    const auto trace = busyTask(1000);
    const Task& task = trace->tasks()[0];
    const auto [first, last] = GENERATE(table<std::size_t, std::size_t>(
        {{0, 64}, {300, 300}, {1500, 2000}, {0, 3001}, {2999, 3001}, {3000, 3001}}));  // the last are not full yet
    CHECK(runningShare(task, AxisKind::time, first, last) == Approx(0.3).margin(0.02));
    CHECK(runningShare(task, AxisKind::steps, first, last) == Approx(1 / 3.0).margin(0.03));
}

TEST_CASE("a task too short for milestones is judged by the whole of it") {
    const test::TextTrace trace(plain);
    const Task& task = trace->tasks()[0];
    CHECK(runningShare(task, AxisKind::time, 0, 5) == Approx(20 / 95.0));
    CHECK(runningShare(task, AxisKind::steps, 0, 5) == Approx(1 / 4.0));  // of what lies between its spans' beginnings
    const test::TextTrace idle("0.0 task_created 1 name=a\n0.5 task_created 2 name=b\n");
    CHECK(runningShare(idle->tasks()[1], AxisKind::time, 0, 1) == 0);
    CHECK(runningShare(idle->tasks()[1], AxisKind::steps, 0, 1) == 0);
}

TEST_CASE("where a task's habits change its shares do") {
    auto trace = std::make_unique<Trace>(std::make_shared<Symbols>());
    std::vector<Event> events{{Event::pack(EventKind::task_created, 1, 1), 0, 0, 0, 0}};
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const std::uint64_t busy = i < 1000 ? 100 : 900;
        events.push_back({Event::pack(EventKind::task_running, 1, 1), i * 1000, 0, 0, 0});
        events.push_back({Event::pack(EventKind::task_suspended, 1, 1), i * 1000 + busy, 0, 0,
                          static_cast<std::uint32_t>(WaitKind::sleep)});
    }
    trace->append(events);
    const Task& task = trace->tasks()[0];
    CHECK(runningShare(task, AxisKind::time, 100, 1900) == Approx(0.1).margin(0.01));
    CHECK(runningShare(task, AxisKind::time, 2100, 4000) == Approx(0.9).margin(0.01));
    CHECK(runningShare(task, AxisKind::steps, 100, 4000) == Approx(0.5).margin(0.01));
}

TEST_CASE("columns drawn by the outline alone are those that a look at every span gives") {
    // Busy, then still, then busy again, at every zoom from a span a column to thousands.
    auto trace = std::make_unique<Trace>(std::make_shared<Symbols>());
    std::vector<Event> events{{Event::pack(EventKind::task_created, 1, 1), 0, 0, 0, 0}};
    std::vector<std::uint64_t> begins{0};
    std::uint64_t now = 0;
    for (std::uint64_t i = 0; i < 60'000; ++i) {
        now += i > 0 && i % 9'000 == 0 ? 3'000'000 : 50 + i * i % 37;  // it sleeps before it runs anew
        const bool runs = i % 2 == 0;
        events.push_back({Event::pack(runs ? EventKind::task_running : EventKind::task_suspended, 1, 1), now, 0, 0,
                          runs ? 0 : static_cast<std::uint32_t>(WaitKind::sleep)});
        begins.push_back(now);
    }
    trace->append(events);
    const auto length =
        static_cast<Nanoseconds>(GENERATE(as<double>(), 1.0, 0.3, 0.05, 0.01, 0.002) * static_cast<double>(now));
    const int width = 700;
    const auto pieces = drawn(*trace, {0, length}, width);
    const TimeScale scale({0, length}, 0, width);
    std::vector<int> begun(static_cast<std::size_t>(width) + 1, 0);
    for (const std::uint64_t begin : begins) {
        const double x = scale.x(static_cast<Position>(begin));
        if (x < width) ++begun[static_cast<std::size_t>(x)];
    }
    std::vector<bool> runs(static_cast<std::size_t>(width), false);
    for (const Piece& piece : pieces)
        if (piece.state == TaskState::running) std::fill(runs.begin() + piece.begin, runs.begin() + piece.end, true);
    std::uint32_t counted = 0;
    for (const Piece& piece : pieces) counted += piece.count;
    for (int column = 0; column < width; ++column) {
        INFO("column " << column << " of " << length);
        if (begun[static_cast<std::size_t>(column)] >= 3) REQUIRE(runs[static_cast<std::size_t>(column)]);
    }
    // Where nothing begins for long, nothing is drawn as running but what reaches there.
    for (int column = 6; column < width; ++column) {
        const auto quiet =
            std::all_of(begun.begin() + column - 6, begun.begin() + column + 1, [](int n) { return n == 0; });
        if (quiet && length > 1'000'000) REQUIRE_FALSE(runs[static_cast<std::size_t>(column)]);
    }
    CHECK(counted <= begins.size() + pieces.size());
}

TEST_CASE("the span at a position") {
    const test::TextTrace trace(plain);
    const Axis axis(trace.trace, AxisKind::time);
    const Task& task = trace->tasks()[0];
    CHECK(spanAt(task, axis, -1) == std::nullopt);
    CHECK(spanAt(task, axis, 5 * ms) == 0u);
    CHECK(spanAt(task, axis, 10 * ms) == 1u);
    CHECK(spanAt(task, axis, 50 * ms) == 2u);
    CHECK(spanAt(task, axis, 94 * ms) == 4u);
    CHECK(spanAt(task, axis, 95 * ms) == std::nullopt);
    CHECK(spanExtent(task, 2, axis) == Extent{20 * ms, 80 * ms});
    CHECK(spanExtent(task, 4, axis) == Extent{85 * ms, 95 * ms});
}

TEST_CASE("a task that has not ended reaches to the end of the trace") {
    const test::TextTrace trace("0.0 task_created 1 name=a\n0.010 task_running 1\n0.020 mark text=x\n");
    const auto pieces = drawn(trace.trace, {0, 40 * ms}, 40);
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[1] == Piece{10, 20, TaskState::running, 1, 1});
    CHECK(spanExtent(trace->tasks()[0], 1, Axis(trace.trace, AxisKind::time)) == Extent{10 * ms, 20 * ms});
}
