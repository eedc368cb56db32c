// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story_panel.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/scenario/course_progress.hpp"
#include "ui/scenario/question_card.hpp"
#include "ui/scenario/story_gate.hpp"

namespace awaitscope::ui {

StoryPanel::StoryPanel(Story story, TraceSession& session, ViewState& view, const QString& scenario,
                       std::shared_ptr<StoryGate> gate, QWidget* parent)
    : QWidget(parent),
      story_(std::move(story)),
      scenario_(scenario),
      gate_(std::move(gate)),
      session_(session),
      view_(view),
      binding_(story_) {
    setObjectName("storyPanel");
    auto* content = new QWidget;
    body_ = new QVBoxLayout(content);
    body_->setContentsMargins(14, 10, 14, 8);
    body_->setSpacing(0);
    title_ = storyLabel("title", content);
    text_ = storyLabel("body", content);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    again_ = new QPushButton(tr("Ask again"), content);
    again_->setProperty("class", "plain");
    again_->setObjectName("storyAgain");
    again_->setToolTip(tr("Forget the answers given in this story"));
    open_ = new QPushButton(content);
    open_->setProperty("class", "plain");
    open_->setObjectName("storyOpen");
    open_->setToolTip(tr("Go to the first of them"));
    body_->addWidget(makeHead(content));
    body_->addSpacing(4);
    body_->addWidget(title_);
    body_->addSpacing(6);
    body_->addWidget(text_);
    body_->addSpacing(8);
    body_->addWidget(again_, 0, Qt::AlignRight);
    body_->addWidget(open_, 0, Qt::AlignLeft);
    body_->addStretch(1);

    scroll_ = new QScrollArea(this);
    scroll_->setWidgetResizable(true);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setWidget(content);

    previous_ = new QPushButton(tr("◀  Previous"), this);
    next_ = new QPushButton(tr("Next  ▶"), this);
    next_->setProperty("class", "primary");
    previous_->setObjectName("storyPrevious");
    next_->setObjectName("storyNext");
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(14, 6, 14, 8);
    buttons->addWidget(previous_);
    buttons->addStretch(1);
    buttons->addWidget(next_);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scroll_, 1);
    column->addLayout(buttons);

    for (std::size_t i = 0; i < story_.steps.size(); ++i)
        if (const auto given = course_progress::answer(scenario_, story_.steps[i])) answers_[i] = *given;
    connect(again_, &QPushButton::clicked, this, &StoryPanel::forgetAnswers);
    connect(open_, &QPushButton::clicked, this, [this] {
        for (std::size_t i = 0; i < story_.steps.size(); ++i)
            if (story_.steps[i].question && !answers_.contains(i)) return goToStep(i);
    });
    connect(previous_, &QPushButton::clicked, this, [this] {
        if (step_ > 0) goToStep(step_ - 1);
    });
    connect(next_, &QPushButton::clicked, this, &StoryPanel::goOn);
    connect(&session_, &TraceSession::grown, this, &StoryPanel::traceGrew);
    connect(&session_, qOverload<QString>(&TraceSession::ended), this, &StoryPanel::traceGrew);
    connect(&view_, &ViewState::cursorChanged, this, &StoryPanel::cursorMoved);
    binding_.update(*session_.trace());
    expected_due_ = !gate_;
    step_ = binding_.stepAt(view_.cursor());
    view_.setFutureHidden(gate_ && gate_->holdsAny());
    showStep();
    begin();
}

QWidget* StoryPanel::makeHead(QWidget* parent) {
    auto* head = new QWidget(parent);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    count_ = storyLabel("soft", head);
    show_all_ = new QToolButton(head);
    show_all_->setObjectName("storyShowAll");
    show_all_->setText(tr("Show all"));
    show_all_->setCheckable(true);
    show_all_->setChecked(course_progress::showsAll());
    show_all_->setToolTip(
        tr("Show the whole run at once, in every story. Otherwise what comes after a question is hidden until you have "
           "answered or skipped it."));
    row->addWidget(count_, 1);
    row->addWidget(show_all_);
    connect(show_all_, &QToolButton::toggled, this, &StoryPanel::showAll);
    return head;
}

QString StoryPanel::about() {
    return tr(
        "The story says what the loop just did, and why. Previous and Next move the cursor to the step's event; "
        "when you walk the timeline yourself, the story follows. Questions come before their answers: what follows a "
        "question is hidden until you have answered or skipped it, or for good with \"Show all\".");
}

int StoryPanel::openQuestions() const {
    return static_cast<int>(
        std::ranges::count_if(story_.steps, [](const StoryStep& step) { return step.question.has_value(); }) -
        static_cast<std::ptrdiff_t>(answers_.size()));
}

void StoryPanel::traceGrew() {
    const bool found = binding_.update(*session_.trace());
    begin();
    if (wanted_) {
        if (binding_.event(*wanted_) != no_event) goToStep(*wanted_);
    } else if (found) {
        cursorMoved();
    }
    showAnswer();
}

void StoryPanel::begin() {
    if (begun_ || view_.cursor() != no_event || binding_.event(0) == no_event) return;
    begun_ = true;
    goToStep(0);
}

void StoryPanel::cursorMoved() {
    wanted_.reset();
    // Two steps may stand at one event: then the one the learner chose stays.
    if (view_.cursor() != no_event && binding_.event(step_) == view_.cursor()) return;
    const std::size_t step = binding_.stepAt(view_.cursor());
    if (step == step_) return;
    step_ = step;
    showStep();
}

void StoryPanel::goToStep(std::size_t step) {
    step_ = step;
    showStep();
    const EventIndex event = binding_.event(step);
    if (event == no_event) {
        wanted_ = step;
        return;
    }
    TaskIndex task = no_task;
    {
        const auto trace = session_.trace();
        task = trace->find_task(trace->event(event).task());
    }
    wanted_.reset();
    view_.setCursor(event);
    if (task != no_task) view_.setSelectedTask(task);
}

void StoryPanel::goOn() {
    const bool last = step_ + 1 == story_.steps.size();
    if (isHeld()) {
        skip();
        if (last) return;
    }
    if (last)
        emit anotherWanted();
    else
        goToStep(step_ + 1);
}

bool StoryPanel::isHeld() const {
    return gate_ && gate_->holds(step_);
}

void StoryPanel::answer(std::size_t which) {
    if (!story_.steps[step_].question || answers_.contains(step_)) return;
    answers_[step_] = which;
    course_progress::remember(scenario_, story_.steps[step_], which);
    explained_ = step_;
    view_.setAnswer(std::nullopt);
    noteFinished();
    letGo();
    showQuestion();
    showAnswer();
}

void StoryPanel::skip() {
    letGo();
    showQuestion();
}

/// What the question of this step held back may come.
void StoryPanel::letGo() {
    if (!gate_) return;
    gate_->release(step_);
    view_.setFutureHidden(gate_->holdsAny());
}

/// Marks what answers the question, as soon as it is there, and asks for it to be walked through.
void StoryPanel::showAnswer() {
    if (!explained_ || view_.answer()) return;
    const EventIndex after = binding_.event(*explained_);
    EventIndex last = no_event, walk_to = no_event;
    for (std::size_t i = *explained_ + 1; i < story_.steps.size() && last == no_event; ++i) {
        const EventIndex event = binding_.event(i);
        // The next step has a text of its own: the reason given is read first.
        if (event != no_event && event > after) last = event, walk_to = event - 1;
    }
    if (last == no_event && session_.ended()) last = walk_to = session_.trace()->event_count() - 1;
    if (after == no_event || last == no_event || last <= after) return;
    view_.setAnswer(EventStretch{after, last});
    emit answerCame(walk_to);
}

void StoryPanel::remind() {
    if (!isHeld() || !question_) return;
    emit reminded();
    scroll_->ensureWidgetVisible(question_);
    question_->remind();
}

void StoryPanel::showAll(bool all) {
    course_progress::setShowsAll(all);
    if (!all || !gate_) return;
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
    explained_.reset();
    view_.setAnswer(std::nullopt);
    course_progress::forget(scenario_);
    if (gate_)
        emit againWanted();
    else
        showStep();
}

void StoryPanel::showStep() {
    const StoryStep& step = story_.steps[step_];
    if (explained_ && step_ != *explained_ && step_ != *explained_ + 1) {
        explained_.reset();
        view_.setAnswer(std::nullopt);
    }
    count_->setText(tr("Step %1 of %2").arg(step_ + 1).arg(story_.steps.size()));
    title_->setText(storyRichText(step.title));
    text_->setText("<p style=\"line-height:135%\">" + storyRichText(step.text) + "</p>");
    previous_->setEnabled(step_ > 0);
    noteFinished();
    showQuestion();
    scroll_->verticalScrollBar()->setValue(0);
    for (std::size_t i = 0; i <= step_ && !expected_due_; ++i)
        if (story_.steps[i].shows_expected) {
            expected_due_ = true;
            emit expectedCame();
        }
}

void StoryPanel::showButtons() {
    const bool last = step_ + 1 == story_.steps.size();
    next_->setText(isHeld() ? tr("Skip  ▶") : last ? tr("Next scenario") : tr("Next  ▶"));
    // What is asked comes first: the button that passes it by does not call for attention.
    next_->setProperty("class", isHeld() ? "" : "primary");
    next_->style()->unpolish(next_);
    next_->style()->polish(next_);
    again_->setVisible(answers_.contains(step_));
    const int open = openQuestions();
    open_->setVisible(last && open > 0 && !isHeld());
    open_->setText(open == 1 ? tr("1 question open") : tr("%1 questions open").arg(open));
    show_all_->setVisible(gate_ || show_all_->isChecked());
}

void StoryPanel::showQuestion() {
    if (question_) {
        body_->removeWidget(question_);
        // Later: it may be the answer just pressed that asks for this.
        question_->hide();
        question_->setParent(nullptr);
        question_->deleteLater();
        question_ = nullptr;
    }
    showButtons();
    const auto& question = story_.steps[step_].question;
    if (!question) return;
    const auto given = answers_.find(step_);
    question_ = new QuestionCard(
        *question, answerOrder(scenario_, step_, question->answers.size()),
        given == answers_.end() ? std::nullopt : std::optional(given->second),
        isHeld() ? tr("Answer first, or skip: what comes next is hidden until then.") : QString(), scroll_->widget());
    connect(question_, &QuestionCard::answered, this, &StoryPanel::answer);
    body_->insertWidget(body_->indexOf(again_), question_);
    if (QLabel* why = question_->why())
        // Later: it has no place yet.
        QMetaObject::invokeMethod(
            why, [this, why] { scroll_->ensureWidgetVisible(why, 0, 12); }, Qt::QueuedConnection);
}

}  // namespace awaitscope::ui
