// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>
#include <memory>

#include "ui/model/in_words.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"
#include "ui/scenario/story.hpp"
#include "ui/scenario/story_binding.hpp"

class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace awaitscope::ui {

class QuestionCard;
class StoryGate;
class StoryText;

/// A card of the story: what happened at its moment, what that means, and its question. Its own buttons turn it and
/// move the cursor to the next card's moment; whoever walks on over its end turns it, too. Whoever looks elsewhere
/// leaves the card as it is: it says so, and leads back. A run that nobody has walked yet begins at the first step, or
/// where the learner left it. With a gate, which holds back what comes after a question, the learner answers or skips
/// it before anything goes on. Session and view outlive it.
class StoryPanel : public QWidget, public Tabular {
    Q_OBJECT
  public:
    /// Answers are remembered under the scenario's name; without one, only as long as the panel lives. `gate`: what
    /// the session's source asks; null where the run is there from the beginning, as a recording's is.
    StoryPanel(Story story, TraceSession& session, ViewState& view, const QString& scenario = {},
               std::shared_ptr<StoryGate> gate = nullptr, QWidget* parent = nullptr);

    const Story& story() const { return story_; }
    std::size_t currentStep() const { return step_; }
    /// The steps whose event has not come (yet).
    std::vector<std::size_t> unresolvedSteps() const { return binding_.unresolved(); }
    /// The questions without an answer.
    int openQuestions() const;
    /// The story has come to what people expect.
    bool expectedDue() const { return expected_due_; }

    /// Shows a step and moves the cursor to its event; where that has not come yet, as soon as it comes.
    void goToStep(std::size_t step);
    /// Shows the card of a moment; the cursor stays.
    void showCardAt(EventIndex cursor);
    /// The cursor was walked on, from here: over the end of the card shown, the card of where it is now comes.
    void follow(EventIndex from);
    /// Answers the question of the step shown; the first answer stays.
    void answer(std::size_t which);
    /// Lets the question of the step shown stay open, and goes on to what follows it.
    void skip();
    /// The keyboard goes to what leads on: the question's first answer, or the button for the next step.
    void focusWayOn();
    /// A way forward was asked for: if a question is in the way, it is shown.
    void remind();

    /// The step shown: its words, its question and the answers.
    QString table() const override;

    static QString about();

  signals:
    /// The learner is through, and asks for the next scenario.
    void anotherWanted();
    /// The learner wants to be asked again, or no longer to see all: the run is to be held back anew. Only with a gate.
    void againWanted();
    /// The learner goes to a card: whatever moves the cursor by itself is to stop.
    void stepWanted();
    /// What shows the answer just given is there, and can be walked up to this event.
    void answerCame(awaitscope::EventIndex last);
    void expectedCame();
    /// Another card is shown, and it tells of the run that people expect, or of this one again.
    void toldOf(bool expected);
    /// A word of the glossary was chosen.
    void wordWanted(const QString& word);
    /// A question stands in the way of a step forward.
    void reminded();

  private:
    QWidget* makeHead(QWidget* parent);
    QWidget* makeElsewhere(QWidget* parent);
    void traceGrew();
    void begin();
    std::size_t stepToBeginAt() const;
    void cursorMoved();
    /// The panels tell of it.
    void selectWhoActs(EventIndex event);
    EventIndex endOfCard() const;
    bool isElsewhere() const;
    void tellLine();
    void tellMoment();
    void showStep();
    void showQuestion();
    void addQuestion();
    void showButtons();
    void showAnswer();
    bool isHeld() const;
    void letGo();
    void showAll(bool all);
    void noteFinished();
    void forgetAnswers();

    Story story_;
    QString scenario_;
    std::shared_ptr<StoryGate> gate_;
    TraceSession& session_;
    ViewState& view_;
    StoryBinding binding_;
    std::size_t step_ = 0;
    bool begun_ = false;  ///< the cursor was put to the first step, which is done once
    bool expected_due_ = false;
    bool tells_of_expected_ = false;              ///< the card shown does
    std::optional<std::size_t> wanted_;           ///< a step whose event is waited for
    std::optional<std::size_t> explained_;        ///< the step shown, when it was answered just now
    std::map<std::size_t, std::size_t> answers_;  ///< what was answered, by step

    QLabel* count_;
    QWidget* elsewhere_;  ///< seen while the cursor is at no moment of the card
    QLabel* elsewhere_words_;
    QToolButton* show_all_;
    QLabel* title_;
    StoryText* text_;
    QuestionCard* question_ = nullptr;
    QVBoxLayout* body_;
    QScrollArea* scroll_;
    QPushButton* again_;
    QPushButton* open_;
    QPushButton* previous_;
    QPushButton* next_;
};

}  // namespace awaitscope::ui
