// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/export.hpp"

#include <fmt/format.h>

#include <chrono>

#include "app/cli/commands.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/otlp_sender.hpp"
#include "app/cli/output_file.hpp"
#include "app/cli/recording.hpp"
#include "app/tell.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/exporter/otlp.hpp"

namespace awaitscope::cli {
namespace {

constexpr std::size_t events_at_once = 1 << 14;
/// Spans a request: what a collector takes gladly.
constexpr std::size_t spans_at_once = 512;
constexpr std::chrono::milliseconds pause{20};

/// Gives all events of the source to `take`: of a process until it ends, or until ctrl-C. `idle` is called whenever
/// there are no more for now.
template <class Take, class Idle>
void read_all(EventSource& source, Symbols& symbols, Take take, Idle idle) {
    const Interrupts interrupts;
    std::vector<Event> events;
    while (interrupts.count() == 0) {
        events.clear();
        const SourceState state = source.read(symbols, events, events_at_once);
        take(events);
        if (state == SourceState::ended) return;
        if (state == SourceState::more) continue;
        idle();
        interrupts.wait(pause);
    }
    events.clear();
    source.finish(symbols, events);
    take(events);
}

void export_timeline(EventSource& source, const ExportOptions& options, OutputFile& output) {
    const auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    read_all(
        source, *symbols, [&](std::span<const Event> events) { trace.append(events); }, [] {});
    const ExportSink sink = [&](std::string_view text) { output.write(text); };
    if (options.format == "perfetto") export_perfetto(trace, source.info(), sink);
    if (options.format == "chrome") export_chrome(trace, source.info(), sink);
    if (options.format == "csv") export_csv(trace, sink);
}

/// A request a line: OpenTelemetry's file format.
void export_spans(EventSource& source, OutputFile& output) {
    Symbols symbols;
    OtlpSpans spans(source.info(), symbols);
    const auto write = [&](std::size_t enough) {
        if (spans.pending() >= enough) output.write(spans.request() + "\n");
    };
    read_all(
        source, symbols,
        [&](std::span<const Event> events) {
            for (; !events.empty(); events = events.subspan(std::min(events.size(), spans_at_once))) {
                spans.take(events.first(std::min(events.size(), spans_at_once)));
                write(spans_at_once);
            }
        },
        [] {});
    spans.end();
    write(1);
}

void send_spans(EventSource& source, const std::string& address) {
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::seconds interval{1}, patience{5};
    Symbols symbols;
    OtlpSpans spans(source.info(), symbols);
    OtlpSender sender(address);
    auto sent = Clock::now();
    const auto send = [&](std::size_t enough) {
        if (spans.pending() < enough) return;
        const std::size_t count = spans.pending();
        sender.send(spans.request(), count);
        sent = Clock::now();
    };
    tell("sending the spans of {} ({}) to {}; ctrl-C ends it\n", source.info().pid, printable(source.info().name),
         address);
    read_all(
        source, symbols,
        [&](std::span<const Event> events) {
            for (; !events.empty(); events = events.subspan(std::min(events.size(), spans_at_once))) {
                spans.take(events.first(std::min(events.size(), spans_at_once)));
                send(spans_at_once);
            }
        },
        [&] {
            if (Clock::now() - sent >= interval) send(1);
        });
    spans.end();
    send(1);
    sender.finish(patience);
    const OtlpSender::Figures figures = sender.figures();
    tell("{} spans sent\n", figures.sent);
    if (figures.dropped == 0) return;
    throw Failure(fmt::format("{} spans did not reach {}: {}", figures.dropped, address,
                              figures.trouble.empty() ? "it is too slow" : figures.trouble));
}

}  // namespace

int execute(const ExportOptions& options) {
    // A timeline is made of a whole trace; spans are sent as they come, however many.
    const SourcePart part = part_of(options.range);
    const auto source = open_targets(options.targets, part);
    if (options.format != "otlp" && options.targets.size() == 1) require_room(options.targets.front(), part);
    if (!options.address.empty()) {
        send_spans(*source, options.address);
    } else {
        OutputFile output(options.output, "-o");
        if (options.format == "otlp")
            export_spans(*source, output);
        else
            export_timeline(*source, options, output);
        output.finish();
    }
    tell_notes(*source);
    return 0;
}

}  // namespace awaitscope::cli
