// SPDX-License-Identifier: GPL-3.0-or-later
// Twins prove each other: a scenario's C++ program and its Python twin, that one run by CPython and seen through the
// adapter, have the same tasks, which take the same steps in the same order, at the same awaits; and they use the same
// primitives and queues in the same order, which are as full each time.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/source/open_source.hpp"
#include "tests/app/child.hpp"
#include "tests/app/pythons.hpp"
#include "ui/model/source_twin.hpp"
#include "ui/scenario/story.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

const std::string source = AWAITSCOPE_SOURCE_DIR;

/// The events of a command that records into `file`.
struct Recorded {
    Recorded(const std::string& file, const Child::Arguments& arguments) {
        const Finished run = run_awaitscope(arguments);
        INFO(run.err);
        REQUIRE(run.err.find("adapter") == std::string::npos);
        REQUIRE(run.exit_code == 0);
        const auto events_of = open_source(file);
        std::vector<Event> events;
        while (events_of->read(*symbols, events, 1 << 16) == SourceState::more) continue;
        trace.append(events);
    }
    std::shared_ptr<Symbols> symbols = std::make_shared<Symbols>();
    Trace trace{symbols};
};

/// A place in words that both languages share: the twin's line, or "asyncio" for what the library does inside.
class Places {
  public:
    Places(const std::string& cpp_file, const std::string& python_file)
        : cpp_file_(cpp_file),
          python_file_(python_file),
          twin_(QString::fromStdString(read_file(source + "/" + cpp_file)),
                QString::fromStdString(read_file(python_file))) {}

    std::string text(const Symbols& symbols, std::uint32_t id) const {
        const Place place = symbols.place(static_cast<PlaceId>(id));
        const std::string_view file = symbols.string(place.file);
        if (file == python_file_) return std::to_string(place.line);
        if (!file.ends_with(cpp_file_)) return "asyncio";
        const auto function = QString::fromStdString(std::string(symbols.string(place.function)));
        return std::to_string(twin_.pythonLine(function, static_cast<int>(place.line)));
    }
    /// A coroutine's name, where it is the program's.
    std::string coroutine(const Symbols& symbols, std::uint32_t id) const {
        const Place place = symbols.place(static_cast<PlaceId>(id));
        const std::string_view file = symbols.string(place.file);
        if (file != python_file_ && !file.ends_with(cpp_file_)) return "asyncio";
        std::string name(symbols.string(place.function));
        if (name.ends_with('_')) name.pop_back();  // C++ cannot name a coroutine `main`
        return name;
    }

  private:
    std::string cpp_file_;  ///< below the root: how a build names it, the build decides
    std::string python_file_;
    ui::SourceTwin twin_;
};

struct Step {
    std::string task;
    std::string what;
    friend bool operator==(const Step&, const Step&) = default;
};

/// Tasks by the names that they were created with: a twin may set another one earlier or later than we do.
class Names {
  public:
    explicit Names(const Recorded& recorded) {
        for (EventIndex i = 0; i < recorded.trace.event_count(); ++i)
            if (const Event event = recorded.trace.event(i); event.kind() == EventKind::task_created)
                names_.emplace(event.task(), recorded.symbols->string(static_cast<StringId>(event.b)));
    }
    std::string operator()(Id task) const { return task == 0 ? "the loop" : names_.at(task); }

  private:
    std::map<Id, std::string> names_;
};

/// Primitives and queues, by kind and in the order in which they are met: "lock 2".
class Things {
  public:
    explicit Things(const Recorded& recorded) {
        for (EventIndex i = 0; i < recorded.trace.event_count(); ++i)
            if (const Event event = recorded.trace.event(i); event.kind() == EventKind::sync_created)
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

std::vector<Step> steps_of(const Recorded& recorded, const Places& places) {
    std::vector<Step> steps;
    Renumbering renumbered;
    const Names name_of(recorded);
    for (EventIndex i = 0; i < recorded.trace.event_count(); ++i) {
        const Event event = recorded.trace.event(i);
        const std::string what = what_of(*recorded.symbols, name_of, places, event);
        if (what.empty()) continue;
        std::string task = renumbered(name_of(event.task()));
        steps.push_back({std::move(task), renumbered(what)});
    }
    return steps;
}

/// What becomes of the program's primitives and queues, in its order. That stands beside the steps of tasks: who takes
/// from a queue and wakes another tells the one before the other, or the other way round.
std::vector<Step> uses_of(const Recorded& recorded, bool has_events) {
    std::vector<Step> uses;
    Renumbering renumbered;
    const Names name_of(recorded);
    Things thing(recorded);
    for (EventIndex i = 0; i < recorded.trace.event_count(); ++i) {
        const Event event = recorded.trace.event(i);
        const std::string what = use_of(thing, event);
        // Our queues have an event inside, for join(), of which asyncio's tell nothing.
        if (what.empty() || (!has_events && what.find(" event ") != what.npos)) continue;
        uses.push_back({renumbered(name_of(event.task())), what});
    }
    return uses;
}

std::string text(const std::vector<Step>& steps, std::size_t around) {
    std::string all;
    const std::size_t from = around > 6 ? around - 6 : 0;
    for (std::size_t i = from; i < std::min(steps.size(), around + 4); ++i)
        all += (i == around ? "  > " : "    ") + steps[i].task + ": " + steps[i].what + "\n";
    return all;
}

void check_same(const std::vector<Step>& cpp, const std::vector<Step>& python) {
    const auto [c, p] = std::ranges::mismatch(cpp, python);
    const auto at = static_cast<std::size_t>(c - cpp.begin());
    INFO("C++:\n" << text(cpp, at) << "Python:\n" << text(python, at));
    CHECK((c == cpp.end() && p == python.end()));
}

/// Where something outside is waited for, its order is chance, and so is whether it was there already: then each task
/// by itself, and without its waits for descriptors and processes.
std::map<std::string, std::vector<Step>> by_task(const std::vector<Step>& steps) {
    std::map<std::string, std::vector<Step>> lives;
    std::map<std::string, bool> waits_outside;
    for (const Step& step : steps) {
        bool& outside = waits_outside[step.task];
        outside = outside || step.what.starts_with("suspended on io") || step.what.starts_with("suspended on process");
        const bool of_that_wait = step.what.starts_with("suspended") || step.what.starts_with("ready");
        const bool ends_it = step.what == "running";
        if (!outside || (!of_that_wait && !ends_it)) lives[step.task].push_back(step);
        if (ends_it) outside = false;
    }
    return lives;
}

/// The first CPython whose tasks step as ours do: before 3.12, wait_for() had a task and a future of its own,
/// as_completed() other waits, and Server.wait_closed() did not wait.
int first_alike(const std::string& name) {
    for (const char* const uses_them : {"as-completed", "as-completed-order", "exceptions", "lock-is-not-reentrant",
                                        "swallowed-cancel", "unix-echo", "wait-for", "wait-for-cancels", "wait-modes"})
        if (name == uses_them) return 12;
    return 11;
}

void compare(const std::vector<Step>& cpp, const std::vector<Step>& python, bool outside) {
    if (!outside) return check_same(cpp, python);
    const auto cpp_lives = by_task(cpp);
    const auto python_lives = by_task(python);
    CHECK(cpp_lives.size() == python_lives.size());
    for (const auto& [task, life] : cpp_lives) {
        INFO(task);
        REQUIRE(python_lives.contains(task));
        check_same(life, python_lives.at(task));
    }
}

void check_twins(const std::string& name) {
    const std::string folder = source + "/resources/scenarios/" + name;
    const ui::Story story = ui::Story::parse(read_file(folder + "/story.md"), name + "/story.md");
    const int since = std::max(story.python, first_alike(name));
    const auto interpreters = pythons_since(since);
    if (interpreters.empty()) {
        // Debian's own is new enough for most twins: where these are not compared, that is no success.
        if (since <= 11) FAIL("no CPython of 3." << since << " or later is here: nothing was compared");
        WARN("no CPython of 3." << since << " or later is here: nothing was compared");
        SUCCEED();
        return;
    }
    std::string program = name;
    std::ranges::replace(program, '-', '_');
    const Places places("app/scenarios/" + program + ".cpp", folder + "/twin.py");

    const std::string cpp_file = private_file(name + "-cpp.awaitscope");
    const Recorded cpp(cpp_file, {"scenario", name, "--headless", "-o", cpp_file});
    const auto cpp_steps = steps_of(cpp, places);
    CHECK(cpp_steps.size() > 5);
    const bool has_events = read_file(folder + "/twin.py").find("asyncio.Event(") != std::string::npos;
    const auto cpp_uses = uses_of(cpp, has_events);
    for (const Interpreter& interpreter : interpreters) {
        const std::string file = private_file(name + "-python.awaitscope");
        Child::Arguments record = {"record", "-o", file, "--", interpreter.path};
        if (!story.outside) record.insert(record.end(), {source + "/tests/app/virtual_clock.py", "--still"});
        record.push_back(folder + "/twin.py");
        INFO("the twin is run by " << interpreter.path);
        const Recorded python(file, record);
        compare(cpp_steps, steps_of(python, places), story.outside);
        compare(cpp_uses, uses_of(python, has_events), story.outside);
    }
}

}  // namespace

#define SCENARIO_CASE(name)           \
    TEST_CASE("the twins of " name) { \
        check_twins(name);            \
    }
#include "tests/app/scenario_cases.inc"
