// SPDX-License-Identifier: GPL-3.0-or-later
// The page about the format holds a reader, which knows of it what the page says: it must read what we write.
#include <catch2/catch.hpp>
#include <cstdio>

#include "tests/instrumentation/source/recording_fixture.hpp"
#include "tests/support/generated_events.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::string reader_of_the_page() {
    const std::string page = file_bytes(AWAITSCOPE_SOURCE_DIR "/resources/manual/recording-format.md");
    constexpr std::string_view begin = "```python\n";
    const std::size_t from = page.find(begin), to = page.find("```\n", from + begin.size());
    if (from == page.npos || to == page.npos) return {};
    return page.substr(from + begin.size(), to - from - begin.size());
}

std::string output_of(const std::string& command) {
    std::string output;
    FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) return output;
    char buffer[4096];
    while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, got);
    return pclose(pipe) == 0 ? output : "it failed: " + output;
}

std::string line_of(const Event& event) {
    std::string line;
    for (const std::uint64_t number : {std::uint64_t{static_cast<std::uint8_t>(event.kind())},
                                       std::uint64_t{event.loop()}, event.time, event.task(), event.a})
        line += (line.empty() ? "[" : ", ") + std::to_string(number);
    return line + "]\n";
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "the reader of the page about the format reads every event") {
    const std::string path = ring::session_folder() + "/a.awscope";
    Symbols symbols;
    GeneratedEvents generated({.events = 5000, .tasks = 30});
    std::vector<Event> events = read_to_end(generated, symbols);
    for (Event event : sample_events(symbols, 3000)) {
        event.time += events.back().time;
        if (event.time >= events.back().time) events.push_back(event);
    }
    {
        RecordingWriter writer{path, symbols, {.segment_events = 1000}};
        writer.set_info({.name = "page"});
        for (std::size_t i = 0; i < events.size(); i += 700) {
            writer.append(std::span{events}.subspan(i, std::min<std::size_t>(700, events.size() - i)));
            writer.flush();
        }
        writer.finish({}, 0);
    }
    const std::string program = ring::session_folder() + "/reader.py";
    put_file(program, reader_of_the_page());
    std::string expected;
    for (const Event& event : events) expected += line_of(event);
    const std::string said = output_of("python3 " + program + " " + path);
    CHECK(said.size() == expected.size());
    CHECK((said == expected));
}
