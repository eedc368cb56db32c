// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story_panel.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTextDocument>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/format.hpp"
#include "ui/scenario/course_progress.hpp"
#include "ui/scenario/question_card.hpp"
#include "ui/scenario/story_gate.hpp"
#include "ui/scenario/story_text.hpp"

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
    text_ = new StoryText(content);
    again_ = new QPushButton(tr("Ask again"), content);
    again_->setProperty("class", "plain");
    again_->setObjectName("storyAgain");
    again_->setToolTip(tr("Forget the answers given in this story"));
    open_ = new QPushButton(content);
    open_->setProperty("class", "plain");
    open_->setObjectName("storyOpen");
    open_->setToolTip(tr("Go to the first of them"));
    body_->addWidget(makeHead(content));
    body_->addWidget(makeElsewhere(content));
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
    connect(text_, &StoryText::wordChosen, this, &StoryPanel::wordWanted);
    connect(previous_, &QPushButton::clicked, this, [this] {
        if (step_ > 0) goToStep(step_ - 1);
    });
    connect(next_, &QPushButton::clicked, this, [this] {
        if (step_ + 1 == story_.steps.size())
            emit anotherWanted();
        else
            goToStep(step_ + 1);
    });
    connect(&session_, &TraceSession::grown, this, &StoryPanel::traceGrew);
    connect(&session_, qOverload<QString>(&TraceSession::ended), this, &StoryPanel::traceGrew);
    connect(&view_, &ViewState::cursorChanged, this, &StoryPanel::cursorMoved);
    binding_.update(*session_.trace());
    expected_due_ = !gate_ || course_progress::showsAll();
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
    show_all_->setProperty("class", "framed small");
    show_all_->setText(tr("Whole run"));
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

QWidget* StoryPanel::makeElsewhere(QWidget* parent) {
    elsewhere_ = new QWidget(parent);
    auto* row = new QHBoxLayout(elsewhere_);
    row->setContentsMargins(0, 2, 0, 0);
    elsewhere_words_ = storyLabel("soft", elsewhere_);
    elsewhere_words_->setObjectName("storyElsewhere");
    auto* back = new QPushButton(tr("Back to this card"), elsewhere_);
    back->setObjectName("storyBack");
    back->setProperty("class", "plain");
    back->setToolTip(tr("Move the cursor to the moment that this card tells of"));
    row->addWidget(elsewhere_words_, 1);
    row->addWidget(back);
    connect(back, &QPushButton::clicked, this, [this] { goToStep(step_); });
    elsewhere_->hide();
    return elsewhere_;
}

QString StoryPanel::about() {
    return tr(
        "The story says what the loop just did, and why. Previous and Next turn its cards and move the cursor to their "
        "moments; when you step or run on over the end of a card, the next one comes. When you click somewhere else, "
        "the card stays, and leads you back. Questions come before their answers: what follows a question is hidden "
        "until you have answered or skipped it, or for good with \"Whole run\".");
}

QString StoryPanel::table() const {
    const StoryStep& step = story_.steps[step_];
    const auto plain = [](const std::string& text) {
        QTextDocument document;
        document.setHtml(storyRichText(text));
        return document.toPlainText();
    };
    QStringList lines{count_->text()};
    if (isElsewhere()) lines << elsewhere_words_->text();
    lines << plain(step.title) << plain(step.text);
    if (step.question) {
        lines << plain(step.question->ask);
        for (const std::size_t answer : answerOrder(scenario_, step_, step.question->answers.size()))
            lines << QStringLiteral("- ") + plain(step.question->answers[answer].text);
    }
    return lines.join('\n');
}

void StoryPanel::traceGrew() {
    const bool found = binding_.update(*session_.trace());
    begin();
    if (wanted_) {
        if (binding_.event(*wanted_) != no_event) goToStep(*wanted_);
    } else if (found) {
        tellLine();
        tellMoment();
    }
    showAnswer();
}

void StoryPanel::begin() {
    if (begun_ || view_.cursor() != no_event || binding_.event(0) == no_event) return;
    const std::size_t step = stepToBeginAt();
    begun_ = true;
    goToStep(step);
}

/// Where the learner was when the story was left; of what is held back, only the question.
std::size_t StoryPanel::stepToBeginAt() const {
    const std::size_t left_at = gate_ ? course_progress::step(scenario_) : 0;
    if (left_at >= story_.steps.size()) return 0;
    std::size_t step = 0;
    while (step < left_at && !gate_->holds(step)) ++step;
    return step;
}

void StoryPanel::cursorMoved() {
    wanted_.reset();
    tellLine();
    tellMoment();
}

/// The step's own line holds for its own moment.
void StoryPanel::tellLine() {
    const StoryStep& step = story_.steps[step_];
    if (step.code.empty() || view_.cursor() == no_event || view_.cursor() != binding_.event(step_))
        view_.setToldLine(std::nullopt);
    else
        view_.setToldLine(LineByCode{QString::fromStdString(step.code), QString::fromStdString(step.code_cpp)});
}

void StoryPanel::follow(EventIndex from) {
    const EventIndex cursor = view_.cursor(), end = endOfCard();
    const auto has_happened = [](EventIndex event, EventIndex at) { return at != no_event && event <= at; };
    const bool anew = cursor == no_event;
    if (anew || (!has_happened(end, from) && has_happened(end, cursor))) showCardAt(cursor);
}

void StoryPanel::showCardAt(EventIndex cursor) {
    const std::size_t step = binding_.stepAt(cursor);
    if (step == step_) return;
    step_ = step;
    showStep();
    tellLine();
}

/// The event with which what the card tells of is over: that of the next card. While it is shown what answers its
/// question, the card says why. no_event: it has not come, or never will.
EventIndex StoryPanel::endOfCard() const {
    const EventIndex begin = binding_.event(step_);
    EventIndex end = no_event;
    for (std::size_t step = step_ + 1; step < binding_.size() && end == no_event; ++step)
        if (binding_.event(step) > begin) end = binding_.event(step);
    const auto shown = view_.answer();
    return explained_ && shown && end != no_event ? std::max(end, shown->last + 1) : end;
}

bool StoryPanel::isElsewhere() const {
    const EventIndex begin = binding_.event(step_), cursor = view_.cursor();
    return begin != no_event && (cursor == no_event || cursor < begin || cursor >= endOfCard());
}

void StoryPanel::tellMoment() {
    const EventIndex begin = binding_.event(step_);
    const auto trace = session_.trace();
    const QString count = tr("Card %1 of %2").arg(step_ + 1).arg(story_.steps.size());
    count_->setText(begin == no_event ? count : tr("%1, at %2").arg(count, formatTime(trace->time_at(begin))));
    elsewhere_words_->setText(tr("elsewhere: %1").arg(formatTime(trace->time_at(view_.cursor()))));
    elsewhere_->setVisible(isElsewhere());
}

void StoryPanel::goToStep(std::size_t step) {
    emit stepWanted();
    binding_.update(*session_.trace());  // which may have grown a moment ago, and not told it yet
    const EventIndex event = binding_.event(step);
    step_ = step;
    showStep();
    if (event == no_event) {
        wanted_ = step;
        return;
    }
    wanted_.reset();
    view_.setCursor(event);
    selectWhoActs(event);
    tellLine();
}

void StoryPanel::selectWhoActs(EventIndex event) {
    const TaskIndex task = storyTask(*session_.trace(), event);
    if (task != no_task) view_.setSelectedTask(task);
}

void StoryPanel::showStep() {
    const StoryStep& step = story_.steps[step_];
    if (explained_ != step_ || !answers_.contains(step_)) explained_.reset();
    showAnswer();
    tellMoment();
    if (begun_) course_progress::noteStep(scenario_, step_ + 1 < story_.steps.size() ? step_ : 0);
    title_->setText(storyRichText(step.title));
    text_->tell("<p style=\"line-height:135%\">" + storyRichText(step.text) + "</p>");
    previous_->setEnabled(step_ > 0);
    noteFinished();
    showQuestion();
    scroll_->verticalScrollBar()->setValue(0);
    for (std::size_t i = 0; i <= step_ && !expected_due_; ++i)
        if (story_.steps[i].shows_expected) {
            expected_due_ = true;
            emit expectedCame();
        }
    if (std::exchange(tells_of_expected_, step.shows_expected) != step.shows_expected) emit toldOf(step.shows_expected);
}

void StoryPanel::showButtons() {
    const bool last = step_ + 1 == story_.steps.size(), held = isHeld();
    next_->setText(last ? tr("Next scenario") : tr("Next  ▶"));
    next_->setEnabled(!held);
    next_->setToolTip(held ? tr("The question comes first: answer it, or skip it below the answers") : QString());
    again_->setVisible(answers_.contains(step_));
    const int open = openQuestions();
    open_->setVisible(last && open > 0 && !held);
    open_->setText(open == 1 ? tr("1 question open") : tr("%1 questions open").arg(open));
    show_all_->setVisible(gate_ || show_all_->isChecked());
}

void StoryPanel::focusWayOn() {
    if (QPushButton* first = question_ ? question_->firstAnswer() : nullptr)
        first->setFocus(Qt::TabFocusReason);
    else
        next_->setFocus(Qt::TabFocusReason);
}

}  // namespace awaitscope::ui
