// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <iterator>
#include <string>
#include <unordered_map>

#include "instrumentation/exporter/export.hpp"
#include "instrumentation/exporter/json_lines.hpp"
#include "instrumentation/exporter/timeline_walk.hpp"

namespace awaitscope {
namespace {

/// A track is a thread to Chrome; its number is the track's place in the order in which they came.
class ChromeWriter : public TimelineVisitor {
  public:
    explicit ChromeWriter(const ExportSink& sink) : sink_(sink) {}

    void process(TrackNumber track, const SourceInfo& info) override {
        const Thread own{info.pid, 0};
        threads_[track] = own;
        begin("M", own, "process_name");
        named(info.name);
    }

    void track(TrackNumber track, TrackNumber parent, std::string_view name) override {
        const Thread thread{threads_.at(parent).pid, ++tracks_};
        threads_[track] = thread;
        begin("M", thread, "thread_name");
        named(name);
        begin("M", thread, "thread_sort_index");
        append(",\"args\":{{\"sort_index\":{}}}}}", thread.tid);
    }

    void counter_track(TrackNumber track, TrackNumber parent, std::string_view name) override {
        counters_[track] = {threads_.at(parent), std::string(name)};
    }

    void slice(const TimelineSlice& slice) override {
        const Thread thread = threads_.at(slice.track);
        // One that ended without length is left out: who puts ends before beginnings of their time would not pair it.
        const bool shown = slice.end > slice.begin || slice.open;
        if (shown) edge("B", thread, slice, slice.begin);
        if (slice.flow) flow("f", thread, slice.begin, slice.flow);
        if (shown) edge("E", thread, slice, slice.end);
        flush(much);
    }

    void instant(const TimelineInstant& instant) override {
        const Thread thread = threads_.at(instant.track);
        begin("i", thread, instant.name);
        category(instant.category);
        time(instant.time);
        out_ += ",\"s\":\"t\"}";
        if (instant.flow) flow("s", thread, instant.time, instant.flow);
        flush(much);
    }

    void count(TrackNumber track, Nanoseconds when, std::uint64_t value) override {
        const Counter& counter = counters_.at(track);
        begin("C", counter.thread, fmt::format("{} {}", counter.name, counter.thread.tid));
        time(when);
        append(",\"args\":{{\"value\":{}}}}}", value);
        flush(much);
    }

    void end() {
        out_ += "\n]}\n";
        flush(0);
    }

  private:
    static constexpr std::size_t much = 1 << 16;
    struct Thread {
        int pid = 0;
        std::size_t tid = 0;  ///< 0: the process itself
    };
    struct Counter {
        Thread thread;
        std::string name;
    };

    template <class... Args>
    void append(fmt::format_string<Args...> format, Args&&... args) {
        fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    }
    void begin(std::string_view phase, Thread thread, std::string_view name) {
        append("{}{{\"ph\":\"{}\",\"pid\":{},\"tid\":{},\"name\":", std::exchange(comma_, ",\n"), phase, thread.pid,
               thread.tid);
        append_json_string(out_, name);
    }
    void named(std::string_view name) {
        out_ += ",\"args\":{\"name\":";
        append_json_string(out_, name);
        out_ += "}}";
    }
    /// Where a slice begins or ends. Not both in one with its length: readers add that to the beginning as binary
    /// fractions, and find the next slice to begin before it.
    void edge(std::string_view phase, Thread thread, const TimelineSlice& slice, Nanoseconds when) {
        begin(phase, thread, slice.name);
        category(slice.category);
        time(when);
        // An end has what its beginning has, by which some readers pair them; who adds up what is alike compares this,
        // too: so what is waited for, new each time, is not in it.
        std::string_view before = ",\"args\":{";
        if (!slice.file.empty()) {
            append("{}\"at\":", std::exchange(before, ","));
            append_json_string(out_, fmt::format("{}:{}", slice.file, slice.line));
        }
        if (slice.open) append("{}\"open\":true", std::exchange(before, ","));
        out_ += before == "," ? "}}" : "}";
    }
    void category(std::string_view name) { append(",\"cat\":\"{}\"", name); }
    void time(Nanoseconds when) {
        const auto ns = static_cast<std::uint64_t>(when);
        append(",\"ts\":{}.{:03}", ns / 1000, ns % 1000);
    }
    void flow(std::string_view phase, Thread thread, Nanoseconds when, std::uint64_t id) {
        begin(phase, thread, "wake");
        category("wake");
        time(when);
        append(",\"id\":{}{}}}", id, phase == "f" ? ",\"bp\":\"e\"" : "");
    }
    void flush(std::size_t at) {
        if (out_.size() <= at) return;
        sink_(out_);
        out_.clear();
    }

    const ExportSink& sink_;
    std::string out_ = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n";
    std::string_view comma_;
    std::size_t tracks_ = 0;
    std::unordered_map<TrackNumber, Thread> threads_;
    std::unordered_map<TrackNumber, Counter> counters_;
};

}  // namespace

void export_chrome(const Trace& trace, const SourceInfo& info, const ExportSink& sink) {
    ChromeWriter writer(sink);
    walk_timeline(trace, info, writer);
    writer.end();
}

}  // namespace awaitscope
