// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>
#include <memory>

#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"
#include "ui/scenario/story.hpp"
#include "ui/scenario/story_binding.hpp"

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace awaitscope::ui {

/// What the step at the cursor means, and its question. Its own buttons move the cursor from step to step; walking the
/// cursor by hand changes the step shown. A run that
/// nobody has walked yet begins at the first step. Session and view outlive it.
class StoryPanel : public QWidget {
    Q_OBJECT
  public:
    /// Answers are remembered under the scenario's name; without one, only as long as the panel lives.
    StoryPanel(Story story, TraceSession& session, ViewState& view, const QString& scenario = {},
               QWidget* parent = nullptr);

    const Story& story() const { return story_; }
    std::size_t currentStep() const { return step_; }
    /// The steps whose event has not come (yet).
    std::vector<std::size_t> unresolvedSteps() const { return binding_.unresolved(); }

    /// Shows a step and moves the cursor to its event. A step whose event has not come only shows its text.
    void goToStep(std::size_t step);
    /// Answers the question of the step shown; the first answer stays.
    void answer(std::size_t which);

    static QString about();

  signals:
    /// The learner is through, and asks for the next scenario.
    void anotherWanted();

  private:
    void traceGrew();
    void begin();
    void cursorMoved();
    void showStep();
    void showQuestion();
    void clearQuestion();

    void noteFinished();
    void forgetAnswers();

    Story story_;
    QString scenario_;
    TraceSession& session_;
    ViewState& view_;
    StoryBinding binding_;
    std::size_t step_ = 0;
    bool begun_ = false;                          ///< the cursor was put to the first step, which is done once
    std::map<std::size_t, std::size_t> answers_;  ///< what was answered, by step

    QLabel* count_;
    QLabel* title_;
    QLabel* text_;
    QWidget* question_ = nullptr;
    QVBoxLayout* body_;
    QScrollArea* scroll_;
    QPushButton* again_;
    QPushButton* previous_;
    QPushButton* next_;
};

/// A story's text as rich text: `**bold**`, `` `code` `` and paragraphs; everything else is escaped.
QString storyRichText(const std::string& text);

}  // namespace awaitscope::ui
