// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/twin_steps.hpp"

#include <algorithm>
#include <map>
#include <regex>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "tests/app/child.hpp"

namespace awaitscope::test {
namespace {

/// Tasks by the names that they were created with: a twin may set another one earlier or later than we do.
class Names {
  public:
    explicit Names(const Trace& trace) {
        for (EventIndex i = 0; i < trace.event_count(); ++i)
            if (const Event event = trace.event(i); event.kind() == EventKind::task_created)
                names_.emplace(event.task(), trace.symbols().string(static_cast<StringId>(event.b)));
    }
    std::string operator()(Id task) const { return task == 0 ? "the loop" : names_.at(task); }

  private:
    std::map<Id, std::string> names_;
};

/// Primitives and queues, by kind and in the order in which they are met: "lock 2".
class Things {
  public:
    explicit Things(const Trace& trace) {
        for (EventIndex i = 0; i < trace.event_count(); ++i)
            if (const Event event = trace.event(i); event.kind() == EventKind::sync_created)
                kinds_.emplace(event.a, static_cast<SyncKind>(event.c));
    }
    std::string operator()(Id id) {
        const auto kind = std::string(awaitscope::to_string(kinds_.at(id)));
        const auto [known, is_new] = numbers_.try_emplace(id, counts_[kind] + 1);
        if (is_new) ++counts_[kind];
        return kind + " " + std::to_string(known->second);
    }

  private:
    std::map<Id, SyncKind> kinds_;
    std::map<Id, std::size_t> numbers_;
    std::map<std::string, std::size_t> counts_;
};

std::string what_of(const Symbols& symbols, const Names& name_of, const Places& places, const Event& event) {
    switch (event.kind()) {
        case EventKind::task_created:
            return "created by " + name_of(event.a) + " to run " + places.coroutine(symbols, event.c);
        case EventKind::task_running:
            return "running";
        case EventKind::task_suspended:
            return "suspended on " + std::string(awaitscope::to_string(static_cast<WaitKind>(event.c))) + " at " +
                   places.text(symbols, event.b);
        case EventKind::task_ready:
            return "ready by " + name_of(event.a);
        case EventKind::task_cancel_requested:
            return "cancel requested by " + name_of(event.a);
        case EventKind::task_done:
            return std::string(awaitscope::to_string(static_cast<EndState>(event.c))) + " " +
                   std::string(symbols.string(static_cast<StringId>(event.b)));
        default:
            return {};
    }
}

/// What is done with a primitive or a queue.
std::string use_of(Things& thing, const Event& event) {
    switch (event.kind()) {
        case EventKind::sync_wait:
            return "waits for " + thing(event.a);
        case EventKind::sync_acquired:
            return "acquires " + thing(event.a);
        case EventKind::sync_released:
            return "releases " + thing(event.a);
        case EventKind::queue_put:
        case EventKind::queue_get:
            return (event.kind() == EventKind::queue_put ? "puts into " : "takes from ") + thing(event.a) + ": " +
                   std::to_string(event.b) + " of " + std::to_string(event.c);
        default:
            return {};
    }
}

/// Numbers of unnamed tasks, in the order in which these are met: before 3.13, a task that got a name took one, too.
class Renumbering {
  public:
    std::string operator()(const std::string& text) {
        static const std::regex number("Task-[0-9]+");
        std::string result;
        auto from = text.cbegin();
        for (std::sregex_iterator match(text.begin(), text.end(), number), end; match != end; ++match) {
            result.append(from, (*match)[0].first);
            const auto [known, is_new] = numbers_.try_emplace(match->str(), numbers_.size() + 1);
            result += "Task-" + std::to_string(known->second);
            from = (*match)[0].second;
        }
        return result.append(from, text.cend());
    }

  private:
    std::map<std::string, std::size_t> numbers_;
};

}  // namespace

Places::Places(const std::string& source, const std::string& cpp_file, const std::string& python_file)
    : cpp_file_(cpp_file),
      python_file_(python_file),
      twin_(QString::fromStdString(read_file(source + "/" + cpp_file)),
            QString::fromStdString(read_file(python_file))) {}

std::string Places::text(const Symbols& symbols, std::uint32_t id) const {
    const Place place = symbols.place(static_cast<PlaceId>(id));
    const std::string_view file = symbols.string(place.file);
    if (file == python_file_) return std::to_string(place.line);
    if (!file.ends_with(cpp_file_)) return "asyncio";
    const auto function = QString::fromStdString(std::string(symbols.string(place.function)));
    return std::to_string(twin_.pythonLine(function, static_cast<int>(place.line)));
}

std::string Places::coroutine(const Symbols& symbols, std::uint32_t id) const {
    const Place place = symbols.place(static_cast<PlaceId>(id));
    const std::string_view file = symbols.string(place.file);
    if (file != python_file_ && !file.ends_with(cpp_file_)) return "asyncio";
    std::string name(symbols.string(place.function));
    if (name.ends_with('_')) name.pop_back();  // C++ cannot name a coroutine `main`
    return name;
}

std::vector<Step> steps_of(const Trace& trace, const Places& places) {
    std::vector<Step> steps;
    Renumbering renumbered;
    const Names name_of(trace);
    for (EventIndex i = 0; i < trace.event_count(); ++i) {
        const Event event = trace.event(i);
        const std::string what = what_of(trace.symbols(), name_of, places, event);
        if (what.empty()) continue;
        std::string task = renumbered(name_of(event.task()));
        steps.push_back({std::move(task), renumbered(what)});
    }
    return steps;
}

std::vector<Step> uses_of(const Trace& trace, bool has_events) {
    std::vector<Step> uses;
    Renumbering renumbered;
    const Names name_of(trace);
    Things thing(trace);
    for (EventIndex i = 0; i < trace.event_count(); ++i) {
        const Event event = trace.event(i);
        const std::string what = use_of(thing, event);
        if (what.empty() || (!has_events && what.find(" event ") != what.npos)) continue;
        uses.push_back({renumbered(name_of(event.task())), what});
    }
    return uses;
}

std::vector<std::string> outside_of(const Trace& trace) {
    std::uint64_t made = 0, lost = 0, read = 0, written = 0, jobs = 0, jobs_done = 0;
    std::string children, caught;
    for (EventIndex i = 0; i < trace.event_count(); ++i) {
        const Event event = trace.event(i);
        switch (event.kind()) {
            case EventKind::connection_made:
                ++made;
                break;
            case EventKind::connection_lost:
                ++lost;
                break;
            case EventKind::io_read:
                read += event.c;
                break;
            case EventKind::io_write:
                written += event.c;
                break;
            case EventKind::thread_submitted:
                ++jobs;
                break;
            case EventKind::thread_done:
                ++jobs_done;
                break;
            case EventKind::process_started:
                children += " started";
                break;
            case EventKind::process_exited:
                children += " ended:" + std::to_string(static_cast<std::int32_t>(event.c));
                break;
            case EventKind::signal:
                caught += " " + std::to_string(event.a);
                break;
            default:
                break;
        }
    }
    const auto count = [](const char* what, std::uint64_t number) { return what + std::to_string(number); };
    return {count("connections made: ", made),
            count("connections lost: ", lost),
            count("bytes read: ", read),
            count("bytes written: ", written),
            count("jobs: ", jobs),
            count("jobs done: ", jobs_done),
            "children:" + children,
            "signals:" + caught};
}

}  // namespace awaitscope::test
