// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <cstddef>
#include <optional>
#include <vector>

#include "ui/scenario/story.hpp"

class QLabel;
class QPushButton;

namespace awaitscope::ui {

/// A story's question with its answers, as buttons; once one was given, which is right, and why.
class QuestionCard : public QFrame {
    Q_OBJECT
  public:
    /// `order`: see answerOrder(). `held`: what comes next is hidden until this is answered or skipped, and the card
    /// says so.
    QuestionCard(const StoryQuestion& question, const std::vector<std::size_t>& order,
                 std::optional<std::size_t> answered, bool held, QWidget* parent);

    /// What says whether the answer was right, and why; null while none is given.
    QLabel* why() const { return why_; }
    /// The answer that stands first; null once one was given.
    QPushButton* firstAnswer() const { return first_; }
    /// Makes the learner look here: it was passed by, and nothing goes on without it.
    void remind();

  signals:
    void answered(std::size_t which);
    void skipped();

  private:
    QPushButton* first_ = nullptr;
    QLabel* why_ = nullptr;
};

/// In which order a question's answers are shown: any, but always the same for a scenario's step in every language, so
/// that their places tell nothing of which is right.
std::vector<std::size_t> answerOrder(const QString& scenario, std::size_t step, std::size_t answers);

/// A story's text as rich text: `**bold**`, `` `code` `` and paragraphs; everything else is escaped.
QString storyRichText(const std::string& text);

/// A label of a class of the style sheet, for rich text that wraps.
QLabel* storyLabel(const char* cls, QWidget* parent);

}  // namespace awaitscope::ui
