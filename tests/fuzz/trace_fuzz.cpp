// SPDX-License-Identifier: GPL-3.0-or-later
// What happened, by events that no program would tell: any kinds in any order, of any tasks, with any values. They come
// as a recording's do, so kinds are known and references stand for texts; and those texts are hostile, too. A trace is
// made of them, folded, asked about, searched for findings, and written in every format.
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "instrumentation/analysis/report.hpp"
#include "instrumentation/analysis/trace_diff.hpp"
#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/exporter/export.hpp"
#include "instrumentation/exporter/json_lines.hpp"
#include "instrumentation/exporter/otlp.hpp"
#include "instrumentation/exporter/task_list.hpp"
#include "instrumentation/source/surviving_events.hpp"
#include "instrumentation/source/symbol_mover.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace awaitscope;
using namespace awaitscope::fuzz;

namespace {

constexpr std::array<std::string_view, 8> texts = {
    "main",
    "<script>alert(1)</script>",
    "\x1b]0;title\a\x1b[2J",
    "\"quoted\", with 'all' & more\\",
    "two\nlines\r",
    "\xc2\x9b"
    "31m",
    "]]>--><!--",
    "\xe2\x80\xae",
};

std::shared_ptr<Symbols> hostile_symbols() {
    auto symbols = std::make_shared<Symbols>();
    for (const std::string_view text : texts) symbols->add_string(text);
    for (std::uint32_t line = 0; line < texts.size(); ++line)
        symbols->add_place(texts[line], texts[(line + 1) % texts.size()], line);
    return symbols;
}

/// Small numbers mostly, so that events are about the same things; now and then any.
std::uint64_t value(Input& input) {
    const auto small = input.number<std::uint8_t>();
    return small < 240 ? small % 16 : input.number<std::uint64_t>();
}

std::vector<Event> events_of(Input& input, const Symbols& symbols) {
    std::vector<Event> events;
    std::uint64_t time = 0;
    while (!input.empty()) {
        const auto& info = vocabulary()[input.number<std::uint8_t>() % vocabulary().size()];
        const auto where = input.number<std::uint8_t>();
        Event event;
        event.head = Event::pack(info.kind, where >> 6, where & 7);
        const auto ahead = input.number<std::uint8_t>();
        constexpr std::uint64_t time_max = std::uint64_t{1} << 62;
        time = std::min(time_max, time + (std::uint64_t{ahead & 15u} << (ahead >> 4) * 4));
        event.time = time;
        event.a = value(input);
        event.b = static_cast<std::uint32_t>(value(input));
        event.c = static_cast<std::uint32_t>(value(input));
        if (const Field* text = text_field(info.kind))
            set(event, text->slot, get(event, text->slot) % symbols.string_count());
        if (const Field* place = place_field(info.kind))
            set(event, place->slot, get(event, place->slot) % symbols.place_count());
        events.push_back(event);
    }
    return events;
}

/// Nothing that a terminal obeys: C0 but the newline, DEL, and C1, which in UTF-8 is C2 80 to C2 9F.
void expect_printable(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        expect((byte >= 0x20 && byte != 0x7f) || byte == '\n', "no control character is printed");
        if (byte == 0xc2 && i + 1 < text.size())
            expect(static_cast<unsigned char>(text[i + 1]) >= 0xa0, "nor one of the upper half");
    }
}

void expect_json(const std::string& text) {
    expect(nlohmann::json::accept(text), "JSON is JSON");
    expect_printable(text);
}

void ask(const Trace& trace, EventIndex cursor) {
    for (TaskIndex task = 0; task < trace.tasks().size(); ++task) {
        const TaskTally tally = trace.tally_at(task, cursor);
        expect(tally.running_ns >= 0 && tally.ready_ns >= 0 && tally.waiting_ns >= 0, "no time is negative");
        expect(trace.await_chain(task, cursor).size() <= trace.tasks().size() + 1, "a chain ends");
        trace.awaited_by(task, cursor);
        trace.gathered(task, cursor);
        trace.place_at(task, cursor);
    }
    for (const TaskIndex task : trace.ready_queue_at(cursor))
        expect(trace.at(task, cursor).state == TaskState::ready, "who is in the ready queue is ready");
    trace.primitives_at(cursor);
    trace.timers_at(cursor);
    trace.watches_at(cursor);
    trace.next_step(cursor);
    trace.previous_step(cursor);
}

void write_all(const Trace& trace, unsigned which) {
    std::string out;
    const ExportSink sink = [&](std::string_view piece) { out += piece; };
    const SourceInfo info{.name = std::string(texts[1]), .command = std::string(texts[2])};
    switch (which) {
        case 0:
            expect_printable(task_list_text(trace, no_event, {.ended = true}));
            expect_json(task_list_json(trace, no_event, {.ended = true}));
            break;
        case 1:
            for (EventIndex i = 0; i < trace.event_count(); ++i) {
                append_text_line(out, trace, i);
                std::string line;
                append_json_line(line, trace.symbols(), trace.event(i));
                if (!line.empty()) expect_json(line);
            }
            expect_printable(out);
            break;
        case 2:
            export_chrome(trace, info, sink);
            expect_json(out);
            break;
        case 3:
            export_perfetto(trace, info, sink);
            export_csv(trace, sink);
            break;
        default: {
            OtlpSpans spans(info, trace.symbols());
            for (EventIndex i = 0; i < trace.event_count(); ++i) spans.take(std::array{trace.event(i)});
            spans.end();
            if (spans.pending() > 0) expect_json(spans.request());
        }
    }
}

void analyse(const Trace& trace, unsigned which) {
    Analyzer analyzer;
    analyzer.gather_figures();
    while (!analyzer.advance(trace, 7)) {
    }
    const std::vector<Finding> findings = analyzer.findings(trace);
    const ReportInput input{std::string(texts[1]), trace, analyzer.figures(), findings};
    switch (which) {
        case 0:
            expect_printable(report_text(input));
            break;
        case 1:
            expect_json(report_json(input));
            break;
        case 2:
            expect(report_html(input, {}).find(texts[1]) == std::string::npos, "no text becomes HTML");
            break;
        default: {
            const DiffSide side{input.name, trace, analyzer.figures(), findings};
            const TraceDiff diff = compare(side, side);
            for (const DiffFinding& finding : diff.findings)
                expect(finding.verdict == Verdict::same, "a run has nothing that it has not");
            expect_printable(diff_text(diff));
            expect_json(diff_json(diff));
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const std::shared_ptr<const Symbols> symbols = hostile_symbols();
    Input input(bytes, size);
    const unsigned what = input.number<std::uint8_t>();
    const std::size_t fold = input.number<std::uint8_t>();
    std::vector<Event> events = events_of(input, *symbols);

    SurvivingEvents survivors;
    for (const Event& event : events) survivors.take(event);
    std::vector<Event> kept;
    survivors.list(kept);
    expect(kept.size() <= events.size(), "no more events survive than there were");

    Trace trace(symbols);
    const std::size_t before = std::min(fold, events.size());
    trace.append(std::span{events}.first(before));
    const auto others = std::make_shared<Symbols>();
    Trace next(others);
    const bool folded = what & 64;
    if (folded) {
        SymbolMover mover(*symbols, *others);
        next.begin_after(trace, mover);
        for (Event& event : std::span{events}.subspan(before)) mover.move(event);
    }
    Trace& rest = folded ? next : trace;
    rest.append(std::span{events}.subspan(before));
    expect(rest.event_count() >= events.size() - before, "every event is there");

    ask(rest, what & 128 ? rest.event_count() / 2 : no_event);
    if (what & 32)
        analyse(rest, what % 4);
    else
        write_all(rest, what % 5);
    return 0;
}
