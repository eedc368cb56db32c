// SPDX-License-Identifier: GPL-3.0-or-later
// What a trace costs against its size, and whether it grows as it should: a table, a row a size.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <QApplication>
#include <filesystem>
#include <memory>
#include <optional>

#include "instrumentation/source/open_source.hpp"
#include "instrumentation/source/recording_writer.hpp"
#include "instrumentation/trace/trace.hpp"
#include "tests/bench/scale/figures.hpp"
#include "tests/bench/scale/frame_table.hpp"
#include "tests/support/generated_events.hpp"

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

struct Row {
    Written written;
    double open_s = 0, append_s = 0, memory_an_event = 0;
    std::size_t tasks = 0;
    std::vector<double> replay;
    FrameFigures frames;
};

Row measure(const test::GeneratorOptions& options, const std::string& file) {
    Row row;
    row.written = write_recording(options, file);
    const auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    const Stopwatch open;
    const auto source = open_source(file);
    std::vector<Event> events;
    for (auto state = SourceState::more; state == SourceState::more;) {
        events.clear();
        state = source->read(*symbols, events, batch);
        const Stopwatch append;
        trace.append(events);
        row.append_s += append.seconds();
    }
    row.open_s = open.seconds();
    row.tasks = trace.tasks().size();
    row.memory_an_event = static_cast<double>(trace.memory_bytes()) / static_cast<double>(trace.event_count());
    row.replay = replay_times(trace, 200, options.seed);
    row.frames = frame_times(trace, options.seed);
    std::filesystem::remove(file);
    return row;
}

}  // namespace

int main(int argc, char** argv) {
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    const QApplication application(argc, argv);
    CLI::App arguments("Measures what a trace costs against its size");
    std::string shape;
    double least = 1e4, most = 1e7;
    test::GeneratorOptions options;
    std::string keep, frame_file;
    arguments.add_option("--shape", shape, "one shape only");
    arguments.add_option("--from", least, "events of the smallest trace");
    arguments.add_option("--to", most, "events of the largest trace; each is ten times the one before");
    arguments.add_option("--tasks", options.tasks, "tasks alive at once; 0: the shape's own number");
    arguments.add_option("--seed", options.seed, "the same seed gives the same traces");
    arguments.add_option("--generate", keep, "only write a recording of --to events of --shape into this file");
    arguments.add_option("--frames", frame_file, "write each frame's time into this file: .csv, or else JSON");
    arguments.add_flag("--cpu", Stopwatch::of_cpu, "measure CPU time: steadier where other programs run");
    CLI11_PARSE(arguments, argc, argv);

    if (!keep.empty()) {
        options.shape = test::trace_shape(shape.empty() ? "many-tasks" : shape);
        options.events = static_cast<std::uint64_t>(most);
        const Written written = write_recording(options, keep);
        fmt::print("{} events, {:.2f} bytes each: {}\n", written.events, written.bytes_an_event, keep);
        return 0;
    }
    fmt::print("{:<13} {:>9} {:>7} | {:>6} {:>6} | {:>7} {:>7} {:>6} | {:>7} {:>7} | {:>8} {:>7} {:>7} {:>7} {:>7}\n",
               "shape", "events", "tasks", "B/ev", "rec M/s", "open s", "app M/s", "B/ev", "replay", "p99 ms",
               "first ms", "frame", "p90 ms", "p99 ms", "max ms");
    FrameTable table;
    const std::string file =
        fmt::format("{}/awaitscope-scale-{}.awaitscope", std::filesystem::temp_directory_path().string(), getpid());
    for (const test::TraceShape each : test::trace_shapes) {
        if (!shape.empty() && test::trace_shape(shape) != each) continue;
        options.shape = each;
        for (double size = least; size <= most * 1.01; size *= 10) {
            options.events = static_cast<std::uint64_t>(size);
            const Row row = measure(options, file);
            const auto events = static_cast<double>(row.written.events);
            const std::vector<double> frames = row.frames.milliseconds();
            fmt::print(
                "{:<13} {:>9.0e} {:>7} | {:>6.2f} {:>7.1f} | {:>7.2f} {:>7.1f} {:>6.1f} | {:>7.3f} {:>7.3f} | "
                "{:>8.1f} {:>7.2f} {:>7.2f} {:>7.2f} {:>7.2f}\n",
                to_string(each), size, row.tasks, row.written.bytes_an_event, row.written.million_a_second, row.open_s,
                events / row.append_s / 1e6, row.memory_an_event, percentile(row.replay, 0.5),
                percentile(row.replay, 0.99), row.frames.first_ms, percentile(frames, 0.5), percentile(frames, 0.9),
                percentile(frames, 0.99), percentile(frames, 1));
            if (!frame_file.empty()) table.add(to_string(each), row.written.events, row.frames);
            std::fflush(stdout);
        }
    }
    if (!frame_file.empty()) table.write(frame_file);
}
