// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/runtime/events/recorded_events.hpp"

#include <awaitscope/probe.hpp>
#include <stdexcept>
#include <thread>

#include "instrumentation/exporter/json_lines.hpp"
#include "instrumentation/source/live_source.hpp"
#include "tests/support/session_files.hpp"

namespace awaitscope::test {
namespace {

/// This process's session, opened before its first loop runs.
class OwnSession {
  public:
    OwnSession() {
        if (!enable("events")) throw std::runtime_error("no session");
        const auto paths = session_paths(ring::session_folder());
        if (paths.size() != 1) throw std::runtime_error("not just one session");
        source_ = std::make_unique<LiveSource>(paths.front());
    }
    /// All that was told up to now. Events of several threads are put in order a little later than they happen: a mark
    /// tells when all are there.
    std::vector<nlohmann::json> read() {
        const std::string end = "end " + std::to_string(++reads_);
        mark(end);
        std::vector<nlohmann::json> told;
        for (;;) {
            std::vector<Event> events;
            source_->read(symbols_, events, 1 << 16);
            for (const Event& event : events) {
                std::string line;
                append_json_line(line, symbols_, event);
                told.push_back(nlohmann::json::parse(line));
            }
            if (!told.empty() && told.back().value("text", "") == end) break;
            std::this_thread::yield();
        }
        told.pop_back();
        return told;
    }

  private:
    unsigned reads_ = 0;
    Symbols symbols_;
    std::unique_ptr<LiveSource> source_;
};

OwnSession& own_session() {
    static OwnSession session;
    return session;
}

}  // namespace

RecordedEvents::RecordedEvents(const std::function<Coroutine<>()>& main) {
    own_session().read();
    asyncio::run(main);
    events_ = own_session().read();
}

std::vector<nlohmann::json> RecordedEvents::of(const std::string& kind) const {
    std::vector<nlohmann::json> found;
    for (const auto& event : events_)
        if (event.at("event") == kind) found.push_back(event);
    return found;
}

nlohmann::json RecordedEvents::find(const std::string& kind, const nlohmann::json& fields) const {
    for (const auto& event : of(kind)) {
        bool same = true;
        for (const auto& [name, value] : fields.items()) same = same && event.contains(name) && event.at(name) == value;
        if (same) return event;
    }
    return nullptr;
}

std::uint64_t RecordedEvents::task(const std::string& name) const {
    const auto created = find("task_created", {{"name", name}});
    return created.is_null() ? 0 : created.at("task").get<std::uint64_t>();
}

std::string RecordedEvents::story_of(std::uint64_t task) const {
    std::string story;
    for (const auto& event : events_) {
        if (!event.contains("task") || event.at("task") != task) continue;
        const std::string kind = event.at("event");
        if (!kind.starts_with("task_")) continue;
        story += (story.empty() ? "" : " ") + kind.substr(5);
        if (event.contains("on")) story += ":" + event.at("on").get<std::string>();
    }
    return story;
}

}  // namespace awaitscope::test
