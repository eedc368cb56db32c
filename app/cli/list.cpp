// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands.hpp"
#include "app/cli/standard_output.hpp"
#include "app/tell.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/exporter/json_lines.hpp"
#include "instrumentation/source/session_directory.hpp"

namespace awaitscope::cli {
namespace {

std::string_view word(SessionStatus status) {
    switch (status) {
        case SessionStatus::running:
            return "running";
        case SessionStatus::ended:
            return "ended";
        case SessionStatus::crashed:
            return "crashed";
        case SessionStatus::refused:
            return "refused";
    }
    return "?";
}

std::string json_line(const SessionEntry& entry) {
    nlohmann::ordered_json object = {{"pid", entry.pid},         {"name", entry.name},
                                     {"command", entry.command}, {"status", word(entry.status)},
                                     {"loops", entry.loops},     {"tasks", entry.tasks_alive},
                                     {"events", entry.events},   {"events_per_second", entry.events_per_second}};
    return harmless_json(object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)) + "\n";
}

std::string text_line(const SessionEntry& entry) {
    return fmt::format("{:>8}  {:<24}  {:>5}  {:>7}  {:>10.0f}  {}\n", entry.pid, printable(entry.name), entry.loops,
                       entry.tasks_alive, entry.events_per_second, word(entry.status));
}

}  // namespace

int execute(const ListOptions& options) {
    StandardOutput out;
    bool any = false;
    for (const SessionEntry& entry : list_sessions()) {
        if (entry.status == SessionStatus::refused) {
            tell("awaitscope: {}\n", printable(entry.problem));
            continue;
        }
        if (!any && !options.json)
            out.write(fmt::format("{:>8}  {:<24}  {:>5}  {:>7}  {:>10}  {}\n", "PID", "NAME", "LOOPS", "TASKS",
                                  "EVENTS/S", "STATUS"));
        any = true;
        out.write(options.json ? json_line(entry) : text_line(entry));
    }
    out.flush();
    if (!any)
        tell(
            "no instrumented process here: start one by `awaitscope run -- ...`, or with AWAITSCOPE=1 in its "
            "environment (Python: once `awaitscope python install` was run)\n");
    return 0;
}

}  // namespace awaitscope::cli
