// SPDX-License-Identifier: GPL-3.0-or-later
// The part of StoryPanel that asks questions: what an open one holds back, what an answer shows and is remembered as.
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/scenario/course_progress.hpp"
#include "ui/scenario/question_card.hpp"
#include "ui/scenario/story_gate.hpp"
#include "ui/scenario/story_panel.hpp"

namespace awaitscope::ui {

int StoryPanel::openQuestions() const {
    return static_cast<int>(
        std::ranges::count_if(story_.steps, [](const StoryStep& step) { return step.question.has_value(); }) -
        static_cast<std::ptrdiff_t>(answers_.size()));
}

bool StoryPanel::isHeld() const {
    return gate_ && gate_->holds(step_);
}

void StoryPanel::answer(std::size_t which) {
    if (!story_.steps[step_].question || answers_.contains(step_)) return;
    answers_[step_] = which;
    course_progress::remember(scenario_, story_.steps[step_], which);
    explained_ = step_;
    noteFinished();
    letGo();
    showQuestion();
    showAnswer();
}

void StoryPanel::skip() {
    letGo();
    if (step_ + 1 == story_.steps.size())
        showQuestion();
    else
        goToStep(step_ + 1);
}

/// What the question of this step held back may come.
void StoryPanel::letGo() {
    if (!gate_) return;
    gate_->release(step_);
    view_.setFutureHidden(gate_->holdsAny());
}

/// Marks what shows the answer to this card's question, as long as the card is there; where it was just given, asks for
/// that to be walked through.
void StoryPanel::showAnswer() {
    std::optional<EventStretch> shown;
    if (answers_.contains(step_)) {
        const auto ended = session_.ended() ? std::optional(session_.trace()->event_count()) : std::nullopt;
        shown = binding_.answer(step_, ended);
    }
    const bool came = explained_ && shown && !view_.answer();
    view_.setAnswer(shown);
    if (!came) return;
    selectWhoActs(shown->last);
    emit answerCame(shown->last);
}

void StoryPanel::remind() {
    if (!isHeld() || !question_) return;
    emit reminded();
    scroll_->ensureWidgetVisible(question_);
    question_->remind();
}

void StoryPanel::showAll(bool all) {
    course_progress::setShowsAll(all);
    if (!gate_) return;
    if (!all) {
        if (openQuestions() > 0) emit againWanted();
        return;
    }
    gate_->releaseAll();
    view_.setFutureHidden(false);
    if (!std::exchange(expected_due_, true)) emit expectedCame();
    showQuestion();
}

void StoryPanel::noteFinished() {
    if (step_ + 1 == story_.steps.size()) course_progress::noteSeenToEnd(scenario_);
    if (openQuestions() == 0 && course_progress::seenToEnd(scenario_)) course_progress::finish(scenario_);
}

void StoryPanel::forgetAnswers() {
    answers_.clear();
    course_progress::forget(scenario_);
    if (gate_)
        emit againWanted();
    else
        showStep();
}

void StoryPanel::showQuestion() {
    const QWidget* focus = QApplication::focusWidget();
    const bool leads_on = focus && (focus == next_ || (question_ && question_->isAncestorOf(focus)));
    if (question_) {
        body_->removeWidget(question_);
        // Later: it may be the answer just pressed that asks for this.
        question_->hide();
        question_->setParent(nullptr);
        question_->deleteLater();
        question_ = nullptr;
    }
    addQuestion();
    showButtons();
    if (leads_on) focusWayOn();
}

void StoryPanel::addQuestion() {
    const auto& question = story_.steps[step_].question;
    if (!question) return;
    const auto given = answers_.find(step_);
    question_ = new QuestionCard(*question, answerOrder(scenario_, step_, question->answers.size()),
                                 given == answers_.end() ? std::nullopt : std::optional(given->second), isHeld(),
                                 scroll_->widget());
    connect(question_, &QuestionCard::answered, this, &StoryPanel::answer);
    connect(question_, &QuestionCard::skipped, this, &StoryPanel::skip);
    body_->insertWidget(body_->indexOf(again_), question_);
    QWidget* before = show_all_;
    for (auto* button : question_->findChildren<QPushButton*>()) {
        setTabOrder(before, button);
        before = button;
    }
    if (question_->why())
        // Later: it has no place yet, and another card may have come.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (QLabel* why = question_ ? question_->why() : nullptr) scroll_->ensureWidgetVisible(why, 0, 12);
            },
            Qt::QueuedConnection);
}

}  // namespace awaitscope::ui
