// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story_panel.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>
#include <QVBoxLayout>

#include "ui/scenario/course_progress.hpp"

namespace awaitscope::ui {
namespace {

QLabel* label(const char* cls, QWidget* parent) {
    auto* made = new QLabel(parent);
    made->setProperty("class", cls);
    made->setWordWrap(true);
    made->setTextFormat(Qt::RichText);
    return made;
}

/// A button whose text wraps: answers are sentences. QPushButton paints one line only, so a label lies on it.
QPushButton* answerButton(const QString& text, QWidget* parent) {
    auto* button = new QPushButton(parent);
    button->setProperty("class", "answer");
    button->setCursor(Qt::PointingHandCursor);
    auto* row = new QHBoxLayout(button);
    row->setContentsMargins(11, 7, 11, 7);
    auto* words = label("body", button);
    words->setText(text);
    words->setAttribute(Qt::WA_TransparentForMouseEvents);
    row->addWidget(words);
    button->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::MinimumExpanding);
    return button;
}

}  // namespace

QString storyRichText(const std::string& text) {
    QString html = QString::fromStdString(text).toHtmlEscaped();
    static const QRegularExpression bold(R"(\*\*(.+?)\*\*)"), code("`([^`]+)`");
    html.replace(bold, "<b>\\1</b>");
    html.replace(code, "<span style=\"font-family:'JetBrains Mono',monospace; font-size:13px\">\\1</span>");
    html.replace("\n\n", "<br><br>");
    return html;
}

StoryPanel::StoryPanel(Story story, TraceSession& session, ViewState& view, const QString& scenario, QWidget* parent)
    : QWidget(parent), story_(std::move(story)), scenario_(scenario), session_(session), view_(view), binding_(story_) {
    setObjectName("storyPanel");
    auto* content = new QWidget;
    body_ = new QVBoxLayout(content);
    body_->setContentsMargins(18, 16, 18, 12);
    body_->setSpacing(0);
    count_ = label("soft", content);
    title_ = label("title", content);
    text_ = label("body", content);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    body_->addWidget(count_);
    body_->addSpacing(6);
    body_->addWidget(title_);
    body_->addSpacing(10);
    body_->addWidget(text_);
    body_->addStretch(1);

    scroll_ = new QScrollArea(this);
    scroll_->setWidgetResizable(true);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setWidget(content);

    previous_ = new QPushButton(tr("◀  Previous"), this);
    next_ = new QPushButton(tr("Next  ▶"), this);
    again_ = new QPushButton(tr("Ask again"), this);
    again_->setProperty("class", "plain");
    again_->setObjectName("storyAgain");
    again_->setToolTip(tr("Forget the answers given in this story"));
    next_->setProperty("class", "primary");
    previous_->setObjectName("storyPrevious");
    next_->setObjectName("storyNext");
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(18, 8, 18, 14);
    buttons->addWidget(previous_);
    buttons->addStretch(1);
    buttons->addWidget(again_);
    buttons->addWidget(next_);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scroll_, 1);
    column->addLayout(buttons);

    for (std::size_t i = 0; i < story_.steps.size(); ++i)
        if (const auto given = course_progress::answer(scenario_, story_.steps[i])) answers_[i] = *given;
    connect(again_, &QPushButton::clicked, this, &StoryPanel::forgetAnswers);
    connect(previous_, &QPushButton::clicked, this, [this] {
        if (step_ > 0) goToStep(step_ - 1);
    });
    connect(next_, &QPushButton::clicked, this, [this] {
        if (step_ + 1 < story_.steps.size())
            goToStep(step_ + 1);
        else
            emit anotherWanted();
    });
    connect(&session_, &TraceSession::grown, this, &StoryPanel::traceGrew);
    connect(&view_, &ViewState::cursorChanged, this, &StoryPanel::cursorMoved);
    binding_.update(*session_.trace());
    step_ = binding_.stepAt(view_.cursor());
    showStep();
    begin();
}

QString StoryPanel::about() {
    return tr(
        "The story says what the loop just did, and why. Previous and Next move the cursor to the step's event; "
        "when you walk the timeline yourself, the story follows. Questions come before their answers: guess first.");
}

void StoryPanel::traceGrew() {
    const bool found = binding_.update(*session_.trace());
    begin();
    if (found) cursorMoved();
}

void StoryPanel::begin() {
    if (begun_ || view_.cursor() != no_event || binding_.event(0) == no_event) return;
    begun_ = true;
    goToStep(0);
}

void StoryPanel::cursorMoved() {
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
    if (event == no_event) return;
    TaskIndex task = no_task;
    {
        const auto trace = session_.trace();
        task = trace->find_task(trace->event(event).task());
    }
    view_.setCursor(event);
    if (task != no_task) view_.setSelectedTask(task);
}

void StoryPanel::answer(std::size_t which) {
    if (!story_.steps[step_].question || answers_.contains(step_)) return;
    answers_[step_] = which;
    course_progress::remember(scenario_, story_.steps[step_], which);
    again_->show();
    noteFinished();
    showQuestion();
}

void StoryPanel::noteFinished() {
    std::size_t asked = 0;
    for (const StoryStep& step : story_.steps) asked += step.question ? 1 : 0;
    if (step_ + 1 == story_.steps.size() && answers_.size() == asked) course_progress::finish(scenario_);
}

void StoryPanel::forgetAnswers() {
    answers_.clear();
    course_progress::forget(scenario_);
    showStep();
}

void StoryPanel::showStep() {
    const StoryStep& step = story_.steps[step_];
    const bool last = step_ + 1 == story_.steps.size();
    count_->setText(tr("Step %1 of %2").arg(step_ + 1).arg(story_.steps.size()));
    title_->setText(storyRichText(step.title));
    text_->setText("<p style=\"line-height:145%\">" + storyRichText(step.text) + "</p>");
    previous_->setEnabled(step_ > 0);
    again_->setVisible(!answers_.empty());
    noteFinished();
    next_->setText(last ? tr("Next scenario") : tr("Next  ▶"));
    showQuestion();
    scroll_->verticalScrollBar()->setValue(0);
}

void StoryPanel::clearQuestion() {
    if (!question_) return;
    body_->removeWidget(question_);
    // Later: it may be the answer just pressed that asks for this.
    question_->hide();
    question_->setParent(nullptr);
    question_->deleteLater();
    question_ = nullptr;
}

void StoryPanel::showQuestion() {
    clearQuestion();
    const auto& question = story_.steps[step_].question;
    if (!question) return;
    question_ = new QWidget(scroll_->widget());
    auto* outer = new QVBoxLayout(question_);
    outer->setContentsMargins(0, 14, 0, 0);
    auto* card = new QFrame(question_);
    card->setObjectName("storyCard");
    outer->addWidget(card);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(14, 14, 14, 14);
    column->setSpacing(8);
    auto* ask = label("body strong", card);
    ask->setText(storyRichText(question->ask));
    column->addWidget(ask);

    const auto answered = answers_.find(step_);
    for (std::size_t i = 0; i < question->answers.size(); ++i) {
        const auto& answer = question->answers[i];
        QString text = storyRichText(answer.text);
        const char* verdict = "";
        if (answered != answers_.end()) {
            const bool chosen = answered->second == i;
            verdict = answer.right ? "right" : chosen ? "wrong" : "other";
            if (answer.right)
                text.prepend(QString::fromUtf8("✓  "));
            else if (chosen)
                text.prepend(QString::fromUtf8("✗  "));
        }
        auto* button = answerButton(text, card);
        button->setObjectName(QString("answer%1").arg(i));
        button->setAccessibleName(QString::fromStdString(answer.text));
        button->setProperty("verdict", verdict);
        connect(button, &QPushButton::clicked, this, [this, i] { this->answer(i); });
        column->addWidget(button);
    }
    if (answered != answers_.end()) {
        const bool right = question->answers[answered->second].right;
        auto* why = label("body", card);
        why->setObjectName("storyWhy");
        why->setText((right ? tr("<b>Right.</b> ") : tr("<b>Not quite.</b> ")) + storyRichText(question->why));
        column->addWidget(why);
    }
    body_->insertWidget(body_->count() - 1, question_);
}

}  // namespace awaitscope::ui
