// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/marked_lines.hpp"

#include <fmt/format.h>

#include <QFileInfo>
#include <array>
#include <memory>
#include <optional>

#include "ui/model/format.hpp"
#include "ui/panels/source_marks.hpp"
#include "ui/scenario/story_binding.hpp"

namespace awaitscope::test {
namespace {

/// Where a run meets the outside, where the other tasks stand differs from run to run.
std::string listed(const char* language, const std::vector<ui::SourceMark>& marks, const std::string& text,
                   bool outside) {
    const QStringList code = QString::fromStdString(text).split('\n');
    std::string lines;
    for (const ui::SourceMark& mark : marks) {
        if (outside && !mark.current && !mark.caller && !mark.told) continue;
        const std::string tag = outside || mark.tag.isEmpty() ? "" : fmt::format("  <{}>", mark.tag.toStdString());
        lines += fmt::format("  {:6} {:>3}{} {}{}\n", language, mark.line,
                             mark.told      ? '!'
                             : mark.current ? '*'
                             : mark.caller  ? '^'
                                            : ' ',
                             code.value(mark.line - 1).trimmed().toStdString(), tag);
    }
    return lines;
}

}  // namespace

std::string marked_lines(const ui::Story& story, const Trace& all, const std::string& cpp, const std::string& python) {
    const QString program = QFileInfo(QString::fromStdString(story.program)).fileName();
    const ui::SourceTwin twin(QString::fromStdString(cpp), QString::fromStdString(python));
    ui::StoryBinding binding(story);
    binding.update(all);
    std::string table;
    TaskIndex selected = no_task;  // the story selects the task of a step's event, where that has one
    for (std::size_t step = 0; step < story.steps.size(); ++step) {
        const EventIndex at = binding.event(step);
        table += fmt::format("step {}, {}\n", step + 1, story.steps[step].title);
        if (at == no_event) continue;
        // What comes after a question is not there yet.
        std::optional<Trace> known;
        if (story.steps[step].question) {
            known.emplace(std::shared_ptr<const Symbols>(std::shared_ptr<void>(), &all.symbols()));
            for (EventIndex i = 0; i <= at; ++i) known->append(std::array{all.event(i)});
        }
        const Trace& trace = known ? *known : all;
        if (const TaskIndex task = ui::storyTask(trace, at); task != no_task) selected = task;
        const TaskIndex current = ui::currentTask(trace, selected, at);
        const auto lines = ui::taskLines(trace, current, at);
        const auto marks = [&](const std::string& text, const std::string& code, const ui::LineInText& line_in) {
            const int line = ui::lineWith(QString::fromStdString(text), QString::fromStdString(code));
            return sourceMarks(trace, lines, line_in, line);
        };
        table += listed("python", marks(python, story.steps[step].code, linesOfTwin(trace, twin, program)), python,
                        story.outside);
        const auto in_program = [&](const ui::TaskLine& line) {
            const Place place = trace.symbols().place(line.place);
            const QString path = ui::toQString(trace.symbols().string(place.file));
            return QFileInfo(path).fileName() == program ? static_cast<int>(place.line) : 0;
        };
        table += listed("c++", marks(cpp, story.steps[step].code_cpp, in_program), cpp, story.outside);
    }
    return table;
}

}  // namespace awaitscope::test
