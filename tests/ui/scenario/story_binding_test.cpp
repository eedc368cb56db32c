// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story_binding.hpp"

#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::TextTrace;

namespace {

Story storyAt(const std::vector<std::string>& anchors) {
    std::string text = "---\ntitle: t\nsummary: s\n---\n";
    for (const std::string& anchor : anchors) text += "## Step\nat: " + anchor + "\nText.\n";
    return Story::parse(text, "story.md");
}

const char* const two_tasks = R"(
0.000 task_created 1 name=main coro=main file=a.cpp line=3
0.001 task_running 1
0.002 task_created 2 name="Task A" parent=1 coro=worker file=a.cpp line=9
0.003 task_suspended 1 on=task object=2 file=a.cpp line=5
0.004 task_running 2
0.005 output 2 text="A: one"
0.006 task_suspended 2 on=sleep file=a.cpp line=11
1.000 task_ready 2
1.001 task_running 2
1.002 output 2 text="A: two"
1.003 task_done 2 state=finished
1.004 task_ready 1 by=2
1.005 task_running 1
1.006 task_done 1 state=finished
)";

}  // namespace

TEST_CASE("A step is bound to the n-th event that fits its task and fields") {
    const TextTrace trace(two_tasks);
    const Story story =
        storyAt({"task_running task=Task A n=2", "task_suspended on=sleep", "output \"A: t\"",
                 "task_ready by=\"Task A\"", "task_done state=finished n=2", "task_created definition=worker"});
    StoryBinding binding(story);
    CHECK(binding.update(trace.trace));
    CHECK(binding.event(0) == 8);
    CHECK(binding.event(1) == 6);
    CHECK(binding.event(2) == 9);
    CHECK(binding.event(3) == 11);
    CHECK(binding.event(4) == 13);
    CHECK(binding.event(5) == 2);
    CHECK(binding.unresolved().empty());
    CHECK_FALSE(binding.update(trace.trace));
}

TEST_CASE("A step whose event does not come stays unresolved") {
    const TextTrace trace(two_tasks);
    const Story story = storyAt({"task_done task=main", "task_done task=nobody", "task_running task=main n=3"});
    StoryBinding binding(story);
    binding.update(trace.trace);
    CHECK(binding.unresolved() == std::vector<std::size_t>{1, 2});
    CHECK(binding.event(1) == no_event);
}

TEST_CASE("The step at the cursor is the last whose event has happened") {
    const TextTrace trace(two_tasks);
    const Story story = storyAt({"task_running", "task_suspended task=main", "output n=2"});
    StoryBinding binding(story);
    binding.update(trace.trace);
    CHECK(binding.stepAt(no_event) == 0);
    CHECK(binding.stepAt(0) == 0);
    CHECK(binding.stepAt(3) == 1);
    CHECK(binding.stepAt(8) == 1);
    CHECK(binding.stepAt(9) == 2);
    CHECK(binding.stepAt(13) == 2);
}

TEST_CASE("A binding finds its steps as the trace grows") {
    auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    const Story story = storyAt({"iteration n=2"});
    StoryBinding binding(story);
    Event event;
    event.head = Event::pack(EventKind::iteration, 1, 0);
    trace.append(std::span(&event, 1));
    CHECK_FALSE(binding.update(trace));
    trace.append(std::span(&event, 1));
    CHECK(binding.update(trace));
    CHECK(binding.event(0) == 1);
}

TEST_CASE("An answer is shown up to the event its story names, else to the next step's, else to the end") {
    const TextTrace trace(two_tasks);
    const auto asking = [](const std::string& at, const std::string& until) {
        return "## Step\nat: " + at + "\nText.\nask: What?\n- this\n- [x] that\nwhy: So.\n" + until;
    };
    const Story story = Story::parse(
        "---\ntitle: t\nsummary: s\n---\n" + asking("task_running task=main n=1", "until: output \"A: t\"\n") +
            asking("output \"A: one\"", "") + asking("task_suspended task=Task A", "until: nowhere\n") +
            "## Step\nat: task_suspended on=sleep\nText.\n" +
            asking("task_ready task=main", "until: task_done task=nobody\n") + asking("task_running task=main n=2", ""),
        "story.md");
    StoryBinding binding(story);
    CHECK_FALSE(binding.answer(0, std::nullopt));
    binding.update(trace.trace);
    CHECK(binding.answer(0, std::nullopt) == EventStretch{1, 9});
    CHECK(binding.answer(1, std::nullopt) == EventStretch{5, 6});
    CHECK_FALSE(binding.answer(2, 14));
    CHECK_FALSE(binding.answer(3, 14));  // it asks nothing
    CHECK_FALSE(binding.answer(4, 14));
    CHECK_FALSE(binding.answer(5, std::nullopt));
    CHECK(binding.answer(5, 14) == EventStretch{12, 13});
}
