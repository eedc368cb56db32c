// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "instrumentation/event/event_kind.hpp"

namespace awaitscope::ui {

/// Which event of a run a step of a story belongs to: the n-th that fits. Never a time, so that a story holds on a
/// slower machine, and after a line was added to the program.
struct StoryAnchor {
    EventKind kind = EventKind::none;
    std::string task;                                         ///< the task's name; empty: any task's
    std::vector<std::pair<std::string, std::string>> fields;  ///< the event's fields by name, as text
    std::uint32_t n = 1;                                      ///< the n-th such event, from 1
};

/// A question put to the learner before the answer is shown.
struct StoryQuestion {
    struct Answer {
        std::string text;
        bool right = false;
    };
    std::string ask;
    std::vector<Answer> answers;
    std::string why;  ///< shown once answered; may be empty
    /// The event that completes what shows the answer; unset: the next step's; of no kind: this run does not show it.
    std::optional<StoryAnchor> until;
};

struct StoryStep {
    std::string title;
    std::string text;  ///< `**bold**` and `` `code` `` are marked as in Markdown; paragraphs are parted by "\n\n"
    StoryAnchor at;
    std::string code, code_cpp;  ///< a piece of the line spoken of, where the events do not tell it; empty: they do
    std::optional<StoryQuestion> question;
    bool shows_expected = false;  ///< from here on the run that people expect is shown
    int line = 0;                 ///< of its title, in the file
};

/// What a story's text says wrongly: what() is "FILE:LINE: what is wrong".
class StoryError : public std::runtime_error {
  public:
    StoryError(std::string_view file, int line, std::string_view what);
    int line() const { return line_; }

  private:
    int line_;
};

/// The narration of a scenario, resources/scenarios/NAME/story.md:
///
///     ---
///     title: Three factorials, turn by turn
///     expected: One line: what people think. Left out where there is one program only.
///     summary: One sentence for the welcome page.
///     chapter: First steps
///     minutes: 2
///     order: 1
///     python: 3.13
///     outside: yes
///     warns: yes
///     ---
///     ## A step's title
///     at: task_suspended task="Task A" on=sleep n=2
///     One to three sentences.
///     ask: What is printed next?
///     - Task B: ...
///     - [x] the right one
///     why: Shown once answered.
///     until: output "B"
///     ## Another step's title
///     at: task_done
///     shows: expected
///     line: async with lock | lock.scoped()
///     What people expect is told here, and shown from here on.
///
/// `at` names a kind of event (see the vocabulary), and what it must fit: `task` by name, any field of the kind, `n`
/// for the n-th. `at: output "text"` is short for `at: output text="text"`, and fits an output that begins so. `until`
/// says in the same way with which event the answer has been shown, where that is not the next step's; `until:
/// nowhere`, that this run does not show it. `line`, a piece of code of the twin and behind a bar of the program where
/// that has other words, says of which line the step speaks, where that is not the one its task is at. `outside` and
/// `warns` are left out where they are not so, `python` where the twin needs no more than 3.11. A translation,
/// story.LANGUAGE.md, says in `of:` which text it was made from, by the first 8 digits of that file's SHA-1.
struct Story {
    std::string title;
    std::string summary;
    std::string chapter;   ///< of the course; its stories follow each other in order
    std::string expected;  ///< what people think is so; there is a variant, NAME/expected, that does so. Empty: none
    int minutes = 0;
    int order = 0;
    int python = 11;       ///< the twin needs CPython 3.this
    bool outside = false;  ///< it meets the real world (sockets, threads, signals): each run's events differ
    bool warns = false;    ///< the runtime warns on stderr while it runs, and so does its twin
    std::string program;   ///< the C++ program's path from the root of the tree; empty: none is named
    std::string of;        ///< of a translation: the English text it was made from
    std::vector<StoryStep> steps;

    /// Reads a story. `file` stands in errors only. Throws StoryError.
    static Story parse(std::string_view text, std::string_view file);
};

}  // namespace awaitscope::ui
