// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>

#include "instrumentation/source/event_source.hpp"

namespace awaitscope {

/// Makes OpenTelemetry spans of events as they come: one a task, from its creation to its end, and below it one each
/// step that it ran. A task's parent is the task that created it; who has none begins a trace. Holds what tasks are
/// alive and the spans not yet taken, so a process may be followed for as long as it runs. One thread.
class OtlpSpans {
  public:
    /// `symbols` are those of the events that will come; they must outlive this object.
    OtlpSpans(const SourceInfo& info, const Symbols& symbols);

    void take(std::span<const Event> events);
    /// Ends the spans that are open at the last event, marked as such: "awaitscope.open".
    void end();

    std::size_t pending() const { return pending_count_; }
    /// The spans so far as one ExportTraceServiceRequest in OTLP's JSON, on one line, without a newline: the body of a
    /// request, or a line of a file. Empties pending(). Precondition: pending() > 0.
    std::string request();

  private:
    using TraceId = std::array<std::uint64_t, 2>;
    struct OpenTask {
        TraceId trace{};
        std::uint64_t span = 0;
        std::uint64_t parent = 0;
        std::uint64_t created = 0;
        std::uint64_t running_since = 0;
        std::uint32_t steps = 0;
        StringId name = 0;
        PlaceId definition = 0;
        std::uint16_t loop = 0;
        bool running = false;
        bool older = false;
    };

    /// Of several processes each loop's name tells its own.
    struct Process {
        std::uint32_t pid = 0;
        StringId loop_name = 0;
    };
    /// A process's spans, not yet taken: OpenTelemetry groups them by where they come from.
    struct Resource {
        std::string attributes;
        std::string spans;
    };

    std::string& pending_of(const OpenTask& task);
    /// The task of an event, made known if it was not.
    OpenTask& task_of(const Event& event);
    void describe(OpenTask& task, const Event& event);
    void end_step(OpenTask& task, std::uint64_t time, bool open);
    void end_task(Id id, OpenTask& task, const Event& event, bool open);
    /// Gives the text that the span's attributes are to go on.
    std::string& begin_span(const OpenTask& task, std::uint64_t span, std::uint64_t parent, std::string_view name,
                            std::uint64_t begin, std::uint64_t end);
    std::uint64_t number_of(std::uint64_t what, std::uint64_t which) const;
    std::string name_of(Id id, const OpenTask& task) const;

    const Symbols* symbols_;
    std::uint64_t epoch_ = 0;
    std::uint64_t seed_ = 0;
    std::uint64_t last_time_ = 0;
    std::unordered_map<Id, OpenTask> tasks_;
    SourceInfo info_;
    std::unordered_map<std::uint16_t, Process> processes_;  ///< by loop
    std::map<std::uint32_t, Resource> pending_;             ///< by pid: the source's own where it is not known
    std::size_t pending_count_ = 0;
};

}  // namespace awaitscope
