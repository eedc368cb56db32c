// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/part_source.hpp"

#include <catch2/catch.hpp>

#include "instrumentation/source/open_source.hpp"
#include "tests/instrumentation/source/recording_fixture.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr std::string_view program = R"(
    0 task_created 1 name=main
    1 task_created 2 name=old
    2 task_done 2 state=finished
    3 task_suspended 1 on=sleep object=7
    4 output 1 text=hello
    5 task_ready 1
    6 task_running 1
)";

std::vector<std::string> kinds_of(EventSource& source) {
    Symbols symbols;
    std::vector<std::string> kinds;
    for (const Event& event : read_to_end(source, symbols))
        kinds.push_back(std::to_string(event.time / 1'000'000'000) + " " + std::string(find_kind(event.kind())->name));
    return kinds;
}

std::vector<std::string> part(const SourcePart& wanted) {
    PartSource source(text_source(program), wanted);
    return kinds_of(source);
}

/// Where two lists differ first; empty when they are the same.
std::string difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const auto at = std::ranges::mismatch(a, b);
    const auto word = [](auto i, const auto& list) { return i == list.end() ? std::string("the end") : *i; };
    if (at.in1 == a.end() && at.in2 == b.end()) return {};
    return "at " + std::to_string(at.in1 - a.begin()) + ": " + word(at.in1, a) + " | " + word(at.in2, b);
}

constexpr std::int64_t second = 1'000'000'000;

/// The events of a part of the recording, up to recording_begins and behind it.
struct ReadPart {
    ReadPart(const std::string& path, const SourcePart& wanted) {
        const auto source = open_source(path, wanted);
        const std::vector<Event> events = read_to_end(*source, symbols);
        note = source->note();
        const auto border = std::ranges::find(events, EventKind::recording_begins, &Event::kind);
        const bool cut = border != events.end();
        if (cut) skipped = border->a;
        before.assign(events.begin(), cut ? border : events.begin());
        inside.assign(cut ? border + 1 : events.begin(), events.end());
    }
    Symbols symbols;
    std::string note;
    std::uint64_t skipped = 0;
    std::vector<Event> before, inside;
};

}  // namespace

TEST_CASE("a part of a source begins with what still matters, at its own times") {
    CHECK(part({.from = 4 * second, .to = 5 * second}) == std::vector<std::string>{"0 task_created", "3 task_suspended",
                                                                                   "4 recording_begins", "4 output",
                                                                                   "5 task_ready"});
}

TEST_CASE("a part from before the first event is the beginning, and nothing was skipped") {
    CHECK(part({.from = 0, .to = 1 * second}) == std::vector<std::string>{"0 task_created", "1 task_created"});
    CHECK(part({.to = 0}) == std::vector<std::string>{"0 task_created"});
}

TEST_CASE("a part behind the last event has the state at the end") {
    CHECK(part({.from = 99 * second}) == std::vector<std::string>{"0 task_created", "3 task_suspended", "5 task_ready",
                                                                  "6 task_running", "99 recording_begins"});
}

TEST_CASE("the events of one task can be asked for") {
    CHECK(part({.task = 2}) == std::vector<std::string>{"1 task_created", "2 task_done"});
    CHECK(part({.from = 4 * second, .to = 4 * second, .task = 1}) ==
          std::vector<std::string>{"0 task_created", "3 task_suspended", "4 output"});
}

TEST_CASE_METHOD(FreshFolder, "a time range of a recording is read alone, with the state it begins in") {
    const SegmentedRecording recording;
    for (const std::size_t first : {1u, 2999u, 3500u, 30'000u, 59'000u}) {
        const std::size_t last = std::min(first + 4000, recording.all.size() - 1);
        const SourcePart wanted{.from = static_cast<std::int64_t>(recording.all[first].time),
                                .to = static_cast<std::int64_t>(recording.all[last].time)};
        const ReadPart read(recording.path, wanted);
        const auto is_inside = [&](const Event& event) {
            return static_cast<std::int64_t>(event.time) >= *wanted.from &&
                   static_cast<std::int64_t>(event.time) <= *wanted.to;
        };
        std::vector<Event> expected;
        std::ranges::copy_if(recording.all, std::back_inserter(expected), is_inside);
        INFO("from event " << first);
        CHECK(difference(described(read.inside, read.symbols), described(expected, recording.symbols)) == "");
        const auto begin = std::ranges::find_if(recording.all, is_inside) - recording.all.begin();
        CHECK(read.skipped == static_cast<std::uint64_t>(begin));
        SurvivingEvents survivors;
        for (std::ptrdiff_t i = 0; i < begin; ++i) survivors.take(recording.all[static_cast<std::size_t>(i)]);
        std::vector<Event> state;
        survivors.list(state);
        CHECK(difference(described(read.before, read.symbols), described(state, recording.symbols)) == "");
    }
}

TEST_CASE_METHOD(FreshFolder, "a recording that was not ended has its parts found from chunk to chunk") {
    const SegmentedRecording recording;
    const std::string bytes = file_bytes(recording.path);
    const auto from = static_cast<std::int64_t>(recording.all[40'000].time);
    const auto inside = [&] {
        const ReadPart read(recording.path, {.from = from});
        return described(read.inside, read.symbols);
    };
    const auto whole = inside();
    put_file(recording.path, bytes.substr(0, bytes.size() - 16));
    CHECK(difference(inside(), whole) == "");
    put_file(recording.path, bytes.substr(0, bytes.size() * 3 / 4));
    const ReadPart cut(recording.path, {.from = from});
    CHECK(cut.skipped > 39'000);
    CHECK(cut.inside.size() < whole.size());
    CHECK(cut.inside.size() > 1000);
}

TEST_CASE_METHOD(FreshFolder, "a part costs no more reading than its segment") {
    const SegmentedRecording recording;
    std::string bytes = file_bytes(recording.path);
    // All but the last fifth is spoiled: who reads only the end does not notice.
    for (std::size_t i = 200; i < bytes.size() * 4 / 5; ++i) bytes[i] = '?';
    put_file(recording.path, bytes);
    const auto source = open_source(recording.path, {.from = static_cast<std::int64_t>(recording.all[58'000].time)});
    Symbols symbols;
    const auto events = read_to_end(*source, symbols);
    CHECK(source->note() == "over");
    CHECK(described(events.back(), symbols) == described(recording.all.back(), recording.symbols));
}

TEST_CASE_METHOD(FreshFolder, "the events of one task are read by the index, and by reading all where it has gone") {
    const SegmentedRecording recording;
    const Id task = std::ranges::find_if(recording.all.begin() + 20'000, recording.all.end(), [](const Event& event) {
                        return event.task() != 0;
                    })->task();
    std::vector<Event> expected;
    std::ranges::copy_if(recording.all, std::back_inserter(expected),
                         [&](const Event& event) { return event.task() == task; });
    REQUIRE_FALSE(expected.empty());
    const auto words = described(expected, recording.symbols);
    const ReadPart indexed(recording.path, {.task = task});
    CHECK(difference(described(indexed.inside, indexed.symbols), words) == "");
    CHECK(indexed.note == "over");
    const std::string bytes = file_bytes(recording.path);
    put_file(recording.path, bytes.substr(0, bytes.size() - 100));
    const ReadPart rebuilt(recording.path, {.task = task});
    CHECK(difference(described(rebuilt.inside, rebuilt.symbols), words) == "");
}

TEST_CASE_METHOD(FreshFolder, "how much of a part was read goes from nothing to all of that part, not of the file") {
    const SegmentedRecording recording;
    const auto source = open_source(recording.path, {.from = static_cast<std::int64_t>(recording.all[30'000].time),
                                                     .to = static_cast<std::int64_t>(recording.all[42'000].time)});
    CHECK(source->progress() == 0.0);
    Symbols symbols;
    std::vector<Event> events;
    double before = 0, greatest_step = 0;
    for (auto state = SourceState::more; state == SourceState::more;) {
        state = source->read(symbols, events, 200);
        const double now = source->progress().value_or(-1);
        REQUIRE(now >= before);
        greatest_step = std::max(greatest_step, now - before);
        before = now;
    }
    CHECK(before > 0.8);
    CHECK(before <= 1);
    CHECK(greatest_step < 0.3);
}
