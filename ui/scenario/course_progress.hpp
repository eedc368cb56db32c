// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstddef>
#include <optional>

#include "ui/scenario/story.hpp"

namespace awaitscope::ui {

/// What a learner has answered and finished, kept between starts (QSettings). Answers are kept by their words, so that
/// a story that is edited does not take an old answer for another. GUI thread.
namespace course_progress {

/// The answer given to a step's question before; nothing where it was not asked, or reads otherwise now.
std::optional<std::size_t> answer(const QString& scenario, const StoryStep& step);
/// Precondition: the step has a question, and `which` is one of its answers.
void remember(const QString& scenario, const StoryStep& step, std::size_t which);

/// How many of the story's questions have no answer yet.
int openQuestions(const QString& scenario, const Story& story);
/// The learner has been at the story's last step, whatever was answered.
bool seenToEnd(const QString& scenario);
void noteSeenToEnd(const QString& scenario);

/// The step at which the learner left the story, from 0, which is also that of one not begun or seen to its end.
std::size_t step(const QString& scenario);
void noteStep(const QString& scenario, std::size_t step);

/// The learner wants to see all at once, and no question to hold anything back.
bool showsAll();
void setShowsAll(bool all);

/// The learner has answered all of the story's questions, and been at its last step.
bool finished(const QString& scenario);
void finish(const QString& scenario);

/// Forgets the answers of one scenario, so that it asks again; or everything.
void forget(const QString& scenario);
void forgetAll();

}  // namespace course_progress
}  // namespace awaitscope::ui
