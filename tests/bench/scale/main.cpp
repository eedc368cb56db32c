// SPDX-License-Identifier: GPL-3.0-or-later
// What a trace costs against its size, and whether it grows as it should: a line a size, and tables in Markdown; and
// what a viewer costs that stays attached for long.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QEventLoop>
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "instrumentation/source/open_source.hpp"
#include "instrumentation/source/recording_writer.hpp"
#include "instrumentation/trace/trace.hpp"
#include "tests/bench/scale/figures.hpp"
#include "tests/bench/scale/frame_table.hpp"
#include "tests/bench/scale/growth_table.hpp"
#include "tests/support/generated_events.hpp"
#include "ui/model/trace_session.hpp"

using namespace awaitscope;
using namespace awaitscope::bench;

namespace {

constexpr std::size_t batch = 1 << 16;

/// Writes the recording; bytes an event, and million events a second of the writer alone.
struct Written {
    double bytes_an_event = 0, million_a_second = 0;
    std::uint64_t events = 0;
};
Written write_recording(const test::GeneratorOptions& options, const std::string& file) {
    Symbols symbols;
    test::GeneratedEvents source(options);
    RecordingWriter writer(file, symbols);
    writer.set_info(source.info());
    std::vector<Event> events;
    double seconds = 0;
    for (auto state = SourceState::more; state == SourceState::more;) {
        events.clear();
        state = source.read(symbols, events, batch);
        const Stopwatch watch;
        writer.append(events);
        seconds += watch.seconds();
    }
    const Stopwatch watch;
    writer.finish({}, 0);
    seconds += watch.seconds();
    const auto count = static_cast<double>(writer.event_count());
    return {static_cast<double>(std::filesystem::file_size(file)) / count, count / seconds / 1e6, writer.event_count()};
}

/// The floor of appending: the events' bytes, copied once.
double copy_seconds(std::span<const Event> events) {
    static std::vector<Event> room;
    room.resize(std::max(room.size(), events.size()));
    const Stopwatch watch;
    std::memcpy(room.data(), events.data(), events.size_bytes());
    return watch.seconds();
}

/// The floor of reading: the file's bytes, and a look at each eighth.
double file_copy_seconds(const std::string& file) {
    std::vector<std::uint64_t> room(1 << 16);
    std::ifstream in(file, std::ios::binary);
    volatile std::uint64_t seen = 0;
    const Stopwatch watch;
    while (in.read(reinterpret_cast<char*>(room.data()), static_cast<std::streamsize>(room.size() * 8)) ||
           in.gcount() > 0) {
        std::uint64_t sum = 0;
        for (const std::uint64_t word : room) sum += word;
        seen = seen + sum;
    }
    return watch.seconds();
}

/// What to measure.
struct Parts {
    bool trace = true, state = true, search = true, frames = true, panels = true;
};

/// Reads the file into a trace, event by event as it is opened, and tells what that costs.
void measure_trace(const std::string& file, Growth& growth) {
    growth.file_copy_s = file_copy_seconds(file);
    const auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    const Stopwatch open;
    const auto source = open_source(file);
    growth.read_s = open.seconds();
    std::vector<Event> events;
    for (auto state = SourceState::more; state == SourceState::more;) {
        events.clear();
        const Stopwatch read;
        state = source->read(*symbols, events, batch);
        growth.read_s += read.seconds();
        const Stopwatch append;
        trace.append(events);
        growth.append_s += append.seconds();
        growth.copy_s += copy_seconds(events);
    }
    growth.memory_bytes = static_cast<double>(trace.memory_bytes()) / static_cast<double>(trace.event_count());
}

/// Opens the recording as the window has it, but that nothing is folded, and measures what the window does.
void measure_window(const std::string& file, Growth& growth, const Parts& parts, std::uint64_t seed) {
    auto session = std::make_unique<ui::TraceSession>(open_source(file), nullptr, ~std::size_t{0} / 8);
    while (!session->ended()) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    {
        const auto trace = session->trace();
        growth.events = static_cast<double>(trace->event_count());
        growth.tracks = trace->tasks().size() + trace->io_tracks().size();
        if (parts.state) growth.queries = replay_times(*trace, 200, seed);
    }
    if (parts.frames) growth.frames = frame_times(*session, seed);
    if (parts.search) growth.search = search_times(*session);
    if (parts.panels) {
        growth.panels = panel_times(*session, seed);
        session = window_times(std::move(session), seed, growth.panels);
    }
}

Growth measure(const test::GeneratorOptions& options, const std::string& file, const Parts& parts) {
    Growth growth;
    growth.shape = to_string(options.shape);
    const Written written = write_recording(options, file);
    growth.file_bytes = written.bytes_an_event;
    growth.write_s = static_cast<double>(written.events) / written.million_a_second / 1e6;
    if (parts.trace) measure_trace(file, growth);
    measure_window(file, growth, parts, options.seed);
    std::filesystem::remove(file);
    return growth;
}

/// The same of a recording that is there.
Growth measure_recorded(const std::string& file, const Parts& parts, std::uint64_t seed) {
    Growth growth;
    growth.shape = "recorded";
    measure_window(file, growth, parts, seed);
    return growth;
}

}  // namespace

int main(int argc, char** argv) {
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    const QApplication application(argc, argv);
    CLI::App arguments("Measures what a trace costs against its size");
    std::string shape;
    double least = 1e4, most = 1e7;
    test::GeneratorOptions options;
    std::string keep, frame_file, recorded;
    arguments.add_option("--shape", shape, "one shape only");
    arguments.add_option("--from", least, "events of the smallest trace");
    arguments.add_option("--to", most, "events of the largest trace; each is ten times the one before");
    bool by_tracks = false, markdown = false;
    arguments.add_flag("--by-tracks", by_tracks, "of --to events each, with 10 to 100,000 tasks alive at once");
    std::vector<std::string> only;
    arguments.add_option("--only", only, "measure only these parts")
        ->check(CLI::IsMember({"trace", "state", "search", "frames", "panels"}))
        ->delimiter(',');
    arguments.add_flag("--markdown", markdown, "print tables in Markdown at the end");
    arguments.add_option("--tasks", options.tasks, "tasks alive at once; 0: the shape's own number");
    arguments.add_option("--seed", options.seed, "the same seed gives the same traces");
    arguments.add_option("--generate", keep, "only write a recording of --to events of --shape into this file");
    arguments.add_option("--recorded", recorded, "measure this recording instead of generated traces");
    arguments.add_option("--frames", frame_file, "write each frame's time into this file: .csv, or else JSON");
    arguments.add_flag("--cpu", Stopwatch::of_cpu, "measure CPU time: steadier where other programs run");
    SoakOptions soak_options;
    CLI::App* soaking = arguments.add_subcommand("soak", "hours of a viewer attached to a busy process, in minutes");
    soaking->add_option("--minutes", soak_options.minutes, "how long");
    soaking->add_option("--memory", soak_options.memory_mb, "megabytes that the trace may take");
    soaking->add_option("--rate", soak_options.million_events_a_second, "million events a second");
    soaking->add_option("--tasks", soak_options.tasks, "tasks alive at once");
    CLI11_PARSE(arguments, argc, argv);
    if (*soaking) return soak(soak_options) ? 0 : 1;

    if (!keep.empty()) {
        options.shape = test::trace_shape(shape.empty() ? "many-tasks" : shape);
        options.events = static_cast<std::uint64_t>(most);
        const Written written = write_recording(options, keep);
        fmt::print("{} events, {:.2f} bytes each: {}\n", written.events, written.bytes_an_event, keep);
        return 0;
    }
    const auto wanted = [&](const char* part) { return only.empty() || std::ranges::find(only, part) != only.end(); };
    const Parts parts{wanted("trace"), wanted("state"), wanted("search"), wanted("frames"), wanted("panels")};
    GrowthTable growth;
    FrameTable table;
    const std::string file =
        fmt::format("{}/awaitscope-scale-{}.awaitscope", std::filesystem::temp_directory_path().string(), getpid());
    const auto show = [&](const Growth& row) {
        growth.add(row);
        fmt::print(markdown ? stderr : stdout, "{}", GrowthTable::line(row));
        std::fflush(stdout);
        if (!frame_file.empty()) table.add(row.shape, static_cast<std::uint64_t>(row.events), row.frames);
    };
    const auto run = [&](double events) {
        options.events = static_cast<std::uint64_t>(events);
        show(measure(options, file, parts));
    };
    if (!recorded.empty()) show(measure_recorded(recorded, parts, options.seed));
    for (const test::TraceShape each : test::trace_shapes) {
        if (!recorded.empty() || (!shape.empty() && test::trace_shape(shape) != each)) continue;
        options.shape = each;
        if (by_tracks && each == test::TraceShape::one_track) continue;  // it has no more
        if (by_tracks)
            for (options.tasks = 10; options.tasks <= 100'000; options.tasks *= 10) run(most);
        else
            for (double size = least; size <= most * 1.01; size *= 10) run(size);
    }
    if (markdown) fmt::print("{}", growth.markdown());
    fmt::print("{}", growth.aims());
    if (!frame_file.empty()) table.write(frame_file);
}
