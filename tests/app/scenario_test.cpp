// SPDX-License-Identifier: GPL-3.0-or-later
// The lessons and their tests are one text: each scenario's output is its twin's, its events are the same in every
// run, and each step of its story is found among them. AWAITSCOPE_APPROVE=1 ./dev test -R app/ takes what came out as
// right where there are golden events: look at the diff before committing it.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/source/open_source.hpp"
#include "tests/app/child.hpp"
#include "tests/app/marked_lines.hpp"
#include "tests/support/findings.hpp"
#include "ui/scenario/story_binding.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

const std::string source = AWAITSCOPE_SOURCE_DIR;

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> result;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) result.push_back(line);
    return result;
}

std::string golden(const std::string& file) {
    return source + "/tests/golden/scenarios/" + file;
}

/// One run under the virtual clock, recorded.
struct Run {
    explicit Run(const std::string& scenario, std::string number) {
        std::string name = scenario + "-" + std::move(number) + ".awaitscope";
        std::ranges::replace(name, '/', '-');
        file = private_file(name);
        const Finished recorded = run_awaitscope({"scenario", scenario, "--headless", "-o", file});
        INFO(recorded.err);
        REQUIRE(recorded.exit_code == 0);
        out = recorded.out;
        err = recorded.err;
        const auto events_of = open_source(file);
        std::vector<Event> events;
        while (events_of->read(*symbols, events, 1 << 16) == SourceState::more) continue;
        trace.append(events);
    }

    /// What `awaitscope dump` prints.
    std::string dump() const {
        std::string text;
        for (EventIndex i = 0; i < trace.event_count(); ++i) append_text_line(text, trace, i);
        return text;
    }

    std::string file;
    std::string out;
    std::string err;
    std::shared_ptr<Symbols> symbols = std::make_shared<Symbols>();
    Trace trace{symbols};
};

/// A dump without the runtime's own files and lines: they change with every edit there.
std::string without_runtime_places(const std::string& dump, std::string scenario) {
    std::ranges::replace(scenario, '-', '_');
    const std::regex other_file(" (?!" + scenario + R"(\.cpp)\w+\.[ch]pp:\d+)");
    return std::regex_replace(dump, other_file, "");
}

/// Compares with tests/golden/scenarios/NAME; when told to approve, writes it instead.
void check_golden(const std::string& name, const std::string& got) {
    const std::string path = golden(name);
    if (std::getenv("AWAITSCOPE_APPROVE")) std::ofstream(path, std::ios::binary) << got;
    const auto wanted_lines = lines(read_file(path));
    const auto got_lines = lines(got);
    INFO("tests/golden/scenarios/" << name << "; AWAITSCOPE_APPROVE=1 approves");
    for (std::size_t i = 0; i < std::min(wanted_lines.size(), got_lines.size()); ++i) {
        INFO("line " << i + 1);
        REQUIRE(got_lines[i] == wanted_lines[i]);
    }
    CHECK(got_lines.size() == wanted_lines.size());
}

/// A python3 of at least 3.`minor`, or "".
std::string python(int minor) {
    for (const char* name : {"python3", "python3.14", "python3.13", "python3.12", "python3.11"}) {
        const std::string command =
            std::string(name) + " -c 'import sys; sys.exit(sys.version_info < (3, " + std::to_string(minor) + "))'";
        if (run({"sh", "-c", command}).exit_code == 0) return name;
    }
    return {};
}

/// Every step of the story is found in the run, in the order told.
void check_story(const ui::Story& story, const Trace& trace) {
    ui::StoryBinding binding(story);
    binding.update(trace);
    EventIndex before = 0;
    for (std::size_t step = 0; step < binding.size(); ++step) {
        INFO("step " << step + 1 << ": " << story.steps[step].title);
        REQUIRE(binding.event(step) != no_event);
        CHECK(binding.event(step) >= before);
        before = binding.event(step);
    }
}

/// What a story asks, and what shows the answer: the events of its stretch, in
/// tests/golden/scenarios/NAME.questions.txt. None of them is to be seen before the question is answered, and all of
/// them before the next one is.
void check_questions(const std::string& name, const ui::Story& story, const Trace& trace) {
    ui::StoryBinding binding(story);
    binding.update(trace);
    std::string table;
    EventIndex known = trace.event_count();
    for (std::size_t step = story.steps.size(); step-- > 0;) {
        const auto& question = story.steps[step].question;
        if (!question) continue;
        const auto right = std::ranges::find(question->answers, true, &ui::StoryQuestion::Answer::right);
        std::string shown =
            fmt::format("step {}, {}\n? {}\n! {}\n", step + 1, story.steps[step].title, question->ask, right->text);
        INFO(shown);
        const auto stretch = binding.answer(step, trace.event_count());
        CHECK(stretch.has_value() == (!question->until || question->until->kind != EventKind::none));
        if (!stretch) shown += "    not shown by this run\n";
        if (stretch) {
            CHECK(stretch->last <= known);
            // Where each run differs, the last one is what can be compared.
            for (EventIndex i = story.outside ? stretch->last : stretch->after + 1; i <= stretch->last; ++i) {
                if (story.outside)
                    shown += fmt::format("    ... {}\n", find_kind(trace.event(i).kind())->name);
                else
                    append_text_line(shown, trace, i);
            }
            // Where a line of output is the answer, it is the next one.
            const IndexList& outputs = trace.outputs();
            const auto text = [&](std::size_t i) { return trace.symbols().string(trace.event(outputs[i]).b); };
            for (std::size_t i = 0; i < outputs.size(); ++i)
                if (text(i) == right->text) {
                    const std::size_t next = outputs.count_until(stretch->after);
                    CHECK(text(next) == right->text);
                    CHECK(outputs[next] <= stretch->last);
                }
        }
        table.insert(0, shown);
        known = binding.event(step);
    }
    if (!table.empty()) check_golden(name + ".questions.txt", without_runtime_places(table, name));
}

/// A step that is told at a function's first line tells of its beginning: of what is done inside, the events or the
/// story's own `line:` tell where.
void check_lines(const ui::Story& story, const std::string& marked) {
    static const std::regex step("step ([0-9]+), .*"),
        head(R"(  (python|c\+\+) +[0-9]+([*!]) (async def |def |asyncio::Coroutine<.*\{).*)");
    std::size_t number = 0;
    for (const std::string& line : lines(marked)) {
        std::smatch found;
        if (std::regex_match(line, found, step)) number = std::stoul(found[1]);
        if (number == 0 || !std::regex_match(line, found, head)) continue;
        const ui::StoryStep& told = story.steps.at(number - 1);
        if (found[2] != (told.code.empty() ? "*" : "!")) continue;
        INFO("step " << number << ": " << line);
        const EventKind kind = told.at.kind;
        const bool begins = kind == EventKind::task_running || kind == EventKind::coroutine_entered;
        // Who never ran ended there; of what a thread asked for, nobody in the loop made the task.
        CHECK((begins || kind == EventKind::task_done || kind == EventKind::task_created));
    }
}

/// Kinds of finding that a busy machine may bring about in a run that meets the outside.
bool depends_on_the_machine(FindingKind kind) {
    return kind == FindingKind::blocked_loop || kind == FindingKind::starvation || kind == FindingKind::late_timer ||
           kind == FindingKind::executor_saturation || kind == FindingKind::slow_io;
}

/// What is found in a run: kind and line, in tests/golden/scenarios/NAME.findings.txt; without such a file, nothing.
void check_findings(const std::string& name, bool outside, const Trace& trace) {
    const std::string path = golden(name + ".findings.txt");
    const std::string wanted = std::filesystem::exists(path) ? read_file(path) : "";
    std::string got;
    for (const Finding& finding : find_all(trace)) {
        const std::string kind(info_of(finding.kind).name);
        if (outside && depends_on_the_machine(finding.kind) && wanted.find(kind) == wanted.npos) continue;
        const std::string place = place_text(trace.symbols(), finding.place);
        got += kind + (place.empty() ? "" : " " + place) + "\n";
    }
    if (std::getenv("AWAITSCOPE_APPROVE") && got.empty())
        std::filesystem::remove(path);
    else if (std::getenv("AWAITSCOPE_APPROVE"))
        std::ofstream(path, std::ios::binary) << got;
    else
        CHECK(got == wanted);
}

/// The variant that does what people expect has no story, but a golden output and a twin.
void check_expected(const std::string& name, const ui::Story& story, Child::Arguments twin) {
    const std::string wanted = read_file(golden(name + ".expected.output.txt"));
    const Run first(name + "/expected", "expected-1");
    CHECK(first.out == wanted);
    CHECK(first.err.empty());
    const Run second(name + "/expected", "expected-2");
    if (!story.outside) CHECK((first.dump() == second.dump()));
    if (twin.empty()) return;
    twin.emplace_back("expected");
    const Finished ran = run(twin);
    INFO("the twin's variant:\n" << ran.err);
    CHECK(ran.exit_code == 0);
    CHECK(ran.out == wanted);
}

void check_scenario(const std::string& name) {
    const std::string wanted = read_file(golden(name + ".output.txt"));
    const std::string folder = source + "/resources/scenarios/" + name;
    const ui::Story story = ui::Story::parse(read_file(folder + "/story.md"), name + "/story.md");

    const Run first(name, "1");
    CHECK(first.out == wanted);
    CHECK(first.err.empty() != story.warns);
    check_story(story, first.trace);
    check_findings(name, story.outside, first.trace);
    const std::string marked =
        marked_lines(story, first.trace, read_file(source + "/" + story.program), read_file(folder + "/twin.py"));
    check_lines(story, marked);
    check_golden(name + ".lines.txt", marked);
    check_questions(name, story, first.trace);

    const Run second(name, "2");
    CHECK(second.out == wanted);
    if (!story.outside) CHECK((first.dump() == second.dump()));

    const std::string interpreter = python(story.python);
    if (interpreter.empty()) {
        WARN("no python3 >= 3." << story.python << " here: the twin was not run, only compared as recorded");
        if (!story.expected.empty()) check_expected(name, story, {});
        return;
    }
    // Where nothing outside is waited for, nothing need be waited for: the twin's clock jumps, as the scenario's does.
    Child::Arguments command = {interpreter};
    if (!story.outside) command.push_back(source + "/tests/app/virtual_clock.py");
    command.push_back(folder + "/twin.py");
    const Finished twin = run(command);
    INFO("the twin, run by " << interpreter << ":\n" << twin.err);
    CHECK(twin.exit_code == 0);
    CHECK(twin.err.empty() != story.warns);
    CHECK(twin.out == wanted);
    if (!story.expected.empty()) check_expected(name, story, command);
}

}  // namespace

#define SCENARIO_CASE(name)       \
    TEST_CASE("scenario " name) { \
        check_scenario(name);     \
    }
#include "tests/app/scenario_cases.inc"

TEST_CASE("the scenarios are those that have a story, a twin, a program and a recorded output") {
    std::vector<std::string> folders, variants;
    for (const auto& entry : std::filesystem::directory_iterator(source + "/resources/scenarios")) {
        INFO(entry.path());
        folders.push_back(entry.path().filename());
        CHECK(std::filesystem::exists(entry.path() / "story.md"));
        CHECK(std::filesystem::exists(entry.path() / "twin.py"));
        CHECK(std::filesystem::exists(golden(folders.back() + ".output.txt")));
        const auto story = ui::Story::parse(read_file(entry.path() / "story.md"), folders.back());
        if (!story.expected.empty()) variants.push_back(folders.back() + "/expected");
    }
    folders.insert(folders.end(), variants.begin(), variants.end());
    std::ranges::sort(folders);
    auto names = lines(run_awaitscope({"scenario", "--names"}).out);
    std::ranges::sort(names);
    CHECK(names == folders);
    CHECK(names.size() >= 3);
}

TEST_CASE("where a scenario's events are recorded, they are those approved") {
    int recorded = 0;
    for (const auto& entry : std::filesystem::directory_iterator(golden(""))) {
        const std::string file = entry.path().filename();
        if (!file.ends_with(".events.txt")) continue;
        ++recorded;
        const std::string name = file.substr(0, file.find('.'));
        const Run run(name, "golden");
        CHECK(run_awaitscope({"dump", run.file}).out == run.dump());
        check_golden(file, without_runtime_places(run.dump(), name));
        const std::string tasks = run_awaitscope({"tasks", run.file, "--at", "1.5s"}).out;
        static const std::regex padding(" {2,}");  // of columns: as wide as the places that were left out
        check_golden(name + ".tasks.txt", std::regex_replace(without_runtime_places(tasks, name), padding, "  "));
    }
    CHECK(recorded >= 3);
}

TEST_CASE("a scenario's run alone prints the same, under either clock: recorded, it is silent") {
    const std::string wanted = read_file(golden("gather-factorial.output.txt"));
    CHECK(run_awaitscope({"scenario", "gather-factorial", "--headless"}).out == wanted);
    CHECK(run_awaitscope({"scenario", "gather-factorial", "--headless", "--clock", "real"}).out == wanted);
    const Finished silent = run_awaitscope({"scenario", "gather-factorial", "-o", private_file("silent.awaitscope")});
    CHECK(silent.exit_code == 0);
    CHECK(silent.out.empty());
}
