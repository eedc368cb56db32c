// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/recording_overview.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "instrumentation/source/open_source.hpp"
#include "tests/instrumentation/source/recording_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::int64_t time_of(const Event& event) {
    return static_cast<std::int64_t>(event.time);
}

std::uint64_t sum(const RecordingOverview& overview) {
    std::uint64_t events = 0;
    for (const auto& stretch : overview.stretches) events += stretch.events;
    return events;
}

bool ascends(const RecordingOverview& overview) {
    return std::ranges::all_of(overview.stretches, [](const auto& one) { return one.begin <= one.end; }) &&
           std::ranges::is_sorted(overview.stretches, std::less_equal<>{}, &RecordingOverview::Stretch::begin);
}

/// Ten stretches of a hundred events, one a second, each from its begin to half a second later.
RecordingOverview ten_seconds() {
    RecordingOverview overview;
    for (std::int64_t second = 0; second < 10; ++second)
        overview.stretches.push_back({second * 1000, second * 1000 + 500, 100});
    overview.events = 1000;
    return overview;
}

SourcePart part(std::int64_t from, std::int64_t to) {
    SourcePart made;
    made.from = from;
    made.to = to;
    return made;
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "an overview tells how many events stand when, without reading them") {
    const SegmentedRecording recording;
    const RecordingOverview overview = read_overview(recording.path);
    CHECK(overview.events == recording.all.size());
    CHECK(sum(overview) == overview.events);
    CHECK(ascends(overview));
    CHECK(overview.stretches.size() == 120);  // the recorder flushed every 500 events
    CHECK(overview.begin() == time_of(recording.all.front()));
    CHECK(overview.end() == time_of(recording.all.back()));
    std::size_t at = 0;
    for (const auto& stretch : overview.stretches) {
        REQUIRE(stretch.begin == time_of(recording.all[at]));
        at += stretch.events;
        REQUIRE(stretch.end == time_of(recording.all[at - 1]));
    }
}

TEST_CASE_METHOD(FreshFolder, "an overview becomes coarser before it becomes large") {
    const SegmentedRecording recording;
    const auto most = GENERATE(2u, 7u, 16u, 50u);
    const RecordingOverview overview = read_overview(recording.path, most);
    CHECK(overview.stretches.size() <= most);
    CHECK(overview.stretches.size() > most / 3);
    CHECK(sum(overview) == recording.all.size());
    CHECK(ascends(overview));
    CHECK(overview.begin() == time_of(recording.all.front()));
    CHECK(overview.end() == time_of(recording.all.back()));
}

TEST_CASE_METHOD(FreshFolder,
                 "an overview of a recording that was cut off or damaged leaves out only what is not there") {
    const SegmentedRecording recording;
    std::string bytes = file_bytes(recording.path);
    SECTION("cut off") {
        put_file(recording.path, bytes.substr(0, bytes.size() / 2));
        const RecordingOverview overview = read_overview(recording.path);
        CHECK(overview.events > recording.all.size() / 3);
        CHECK(overview.events < recording.all.size() * 2 / 3);
    }
    SECTION("a header is damaged") {
        const std::size_t chunk = bytes.find("chnk", bytes.size() / 2);
        bytes[chunk + 20] = static_cast<char>(bytes[chunk + 20] ^ 1);
        put_file(recording.path, bytes);
        const RecordingOverview overview = read_overview(recording.path);
        CHECK(overview.events < recording.all.size());
        CHECK(overview.events > recording.all.size() - 600);
        CHECK(ascends(overview));
    }
}

TEST_CASE("there is no overview of what is no recording") {
    CHECK(error_of([] { read_overview("/nonesuch"); }).find("No such file") != std::string::npos);
    CHECK(error_of([] { read_overview("/etc/passwd"); }).find("/etc/passwd") == 0);
}

TEST_CASE("a part holds whole stretches, and no more events than it may") {
    const RecordingOverview overview = ten_seconds();
    CHECK(overview.part_up_to(9500, 250) == part(8000, 9500));
    CHECK(overview.part_up_to(9500, 10'000) == part(0, 9500));
    CHECK(overview.part_up_to(4999, 300) == part(2000, 4500));
    CHECK(overview.part_up_to(-1, 300) == part(0, 500));
    CHECK(overview.part_within(0, 99'999, 200) == part(0, 1500));
    CHECK(overview.part_within(2600, 4100, 10'000) == part(3000, 4500));
    CHECK(overview.part_within(2600, 4100, 100) == part(3000, 3500));
    CHECK(overview.part_within(99'999, 99'999, 1000) == part(9000, 9500));
    CHECK(overview.part_within(4000, 3000, 1) == part(4000, 4500));  // one at least
    CHECK(overview.part_around(5100, 400) == part(4000, 7500));
    CHECK(overview.part_around(0, 400) == part(0, 3500));
    CHECK(overview.part_around(9500, 400) == part(6000, 9500));
    CHECK(overview.part_around(5100, 1) == part(5000, 5500));
    CHECK(RecordingOverview{}.part_up_to(5, 5).is_all());
    CHECK(RecordingOverview{}.part_within(0, 5, 5).is_all());
}

TEST_CASE("the events of a part are counted by the stretches that it overlaps, not by those that it only touches") {
    const RecordingOverview overview = ten_seconds();
    CHECK(overview.events_in({}) == 1000);
    CHECK(overview.events_in(part(2000, 4500)) == 300);
    CHECK(overview.events_in(part(2499, 4001)) == 300);
    CHECK(overview.events_in(part(2500, 4000)) == 100);
    CHECK(overview.events_in(part(2501, 2999)) == 0);
    SourcePart end;
    end.from = 8000;
    CHECK(overview.events_in(end) == 200);
}

TEST_CASE_METHOD(FreshFolder, "parts side by side have all events of the recording, each once") {
    const SegmentedRecording recording;
    const RecordingOverview overview = read_overview(recording.path);
    std::uint64_t events = 0;
    int parts = 0;
    for (std::int64_t from = overview.begin(); from <= overview.end(); ++parts) {
        const SourcePart next = overview.part_within(from, overview.end(), 7000);
        CHECK(overview.events_in(next) <= 7000);
        const auto source = open_source(recording.path, next);
        Symbols symbols;
        const std::vector<Event> read = read_to_end(*source, symbols);
        const auto border = std::ranges::find(read, EventKind::recording_begins, &Event::kind);
        events += static_cast<std::uint64_t>(border == read.end() ? read.size() : read.end() - border - 1);
        from = *next.to + 1;
    }
    CHECK(events == recording.all.size());
    CHECK(parts >= 9);
}
