// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/finding_detail.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/geometry/time_text.hpp"
#include "ui/model/finding_words.hpp"
#include "ui/model/format.hpp"
#include "ui/panels/chip.hpp"
#include "ui/panels/finding_sign.hpp"
#include "ui/panels/label.hpp"

namespace awaitscope::ui {
namespace {

constexpr std::size_t chips_max = 4;

QLabel* label(const char* cls, QWidget* parent) {
    QLabel* made = ui::label({}, cls, parent);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return made;
}

QLabel* section(const QString& text, QWidget* parent) {
    QLabel* made = label("section", parent);
    made->setText(text);
    made->setContentsMargins(0, 6, 0, 0);
    return made;
}

QString whenText(const Finding& finding) {
    const bool lasts = finding.end == open_end;
    QString text;
    if (finding.begun_before)
        text = lasts ? FindingDetail::tr("Since before the recording began at %1, and still so")
                     : FindingDetail::tr("From before the recording began at %1 until %2");
    else
        text = lasts                          ? FindingDetail::tr("Since %1, and still so")
               : finding.end == finding.begin ? FindingDetail::tr("At %1")
                                              : FindingDetail::tr("From %1 until %2");
    // A line may end between two times, not between one and its unit.
    const auto time = [](Nanoseconds at) { return formatTime(at).replace(' ', QChar(QChar::Nbsp)); };
    text = text.arg(time(finding.begin));
    if (text.contains("%2")) text = text.arg(time(finding.end));
    return finding.count > 1 ? FindingDetail::tr("%1, %2 times").arg(text, formatCount(finding.count)) : text;
}

}  // namespace

FindingDetail::FindingDetail(QWidget* parent) : QScrollArea(parent) {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(16, 10, 16, 12);
    column->setSpacing(4);
    auto* head = new QHBoxLayout;
    title_ = label("subtitle", content);
    go_ = new QPushButton(tr("Go to it"), content);
    go_->setProperty("class", "primary");
    mute_ = new QPushButton(content);
    head->addWidget(title_, 1);
    head->addWidget(go_);
    head->addWidget(mute_);
    column->addLayout(head);
    what_ = label("body", content);
    line_ = new QPushButton(content);
    line_->setProperty("class", "plain");
    line_->setToolTip(tr("Show this line in the Source panel"));
    when_ = label("soft", content);
    auto* where = new QHBoxLayout;
    where->setSpacing(10);
    where->addWidget(line_);
    where->addWidget(when_, 1);
    column->addWidget(what_);
    column->addLayout(where);
    walk_ = new QWidget(content);
    auto* walk = new QHBoxLayout(walk_);
    walk->setContentsMargins(0, 0, 0, 0);
    walk->setSpacing(8);
    earlier_ = new QPushButton(tr("Earlier"), walk_);
    later_ = new QPushButton(tr("Later"), walk_);
    occurrence_ = label("soft", walk_);
    occurrence_->setObjectName("occurrence");
    occurrence_->setWordWrap(false);
    earlier_->setToolTip(tr("Go to the time before, when it happened too"));
    later_->setToolTip(tr("Go to the next time that it happened"));
    for (QPushButton* button : {earlier_, later_}) button->setProperty("class", "small");
    walk->addWidget(earlier_);
    walk->addWidget(occurrence_);
    walk->addWidget(later_);
    walk->addStretch(1);
    column->addWidget(walk_);
    connect(earlier_, &QPushButton::clicked, this, [this] { emit walkWanted(-1); });
    connect(later_, &QPushButton::clicked, this, [this] { emit walkWanted(1); });
    stack_ = label("soft", content);
    stack_->setTextFormat(Qt::PlainText);
    stack_->setAccessibleName(tr("The stack that was seen, innermost first"));
    column->addWidget(stack_);
    uncertain_ = label("bad", content);
    uncertain_->setText(tr("Events were lost meanwhile: this may be wrong."));
    column->addWidget(uncertain_);
    tasks_ = new QWidget(content);
    task_row_ = new QHBoxLayout(tasks_);
    task_row_->setContentsMargins(0, 4, 0, 0);
    task_row_->setSpacing(7);
    column->addWidget(tasks_);
    column->addWidget(section(tr("WHY IT MATTERS"), content));
    why_ = label("body", content);
    column->addWidget(why_);
    column->addWidget(section(tr("WHAT TO DO"), content));
    advice_ = label("body", content);
    column->addWidget(advice_);
    column->addStretch(1);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(content);
    setAccessibleName(tr("The chosen finding"));
    connect(go_, &QPushButton::clicked, this, &FindingDetail::goWanted);
    connect(line_, &QPushButton::clicked, this, &FindingDetail::lineWanted);
    connect(mute_, &QPushButton::clicked, this, &FindingDetail::muteWanted);
}

void FindingDetail::tellOccurrence(const Finding& finding, const Occurrence& occurrence) {
    const std::size_t count = finding.events.size();
    walk_->setVisible(count > 1);
    const QString when = formatTime(occurrence.time);
    occurrence_->setText(occurrence.number
                             ? tr("%1 of %2: at %3").arg(formatCount(*occurrence.number + 1), formatCount(count), when)
                             : tr("The worst: at %1").arg(when));
    // From the worst, where that is beyond those that are kept, there is a way back only.
    earlier_->setEnabled(occurrence.number != std::size_t{0});
    later_->setEnabled(occurrence.number && *occurrence.number + 1 < count);
}

void FindingDetail::tell(const ShownFinding& shown, const Occurrence& occurrence, bool muted, const PanelStyle& style) {
    const FindingInfo& info = shown.info();
    title_->setText(tr("%1: %2").arg(severityWord(shown.finding.severity), phraseText(info.title)));
    what_->setText(shown.what);
    line_->setText(shown.function.isEmpty() ? shown.place : tr("%1 in %2").arg(shown.place, shown.function));
    line_->setVisible(!shown.place.isEmpty());
    stack_->setText(shown.stack);
    stack_->setVisible(!shown.stack.isEmpty());
    when_->setText(whenText(shown.finding));
    tellOccurrence(shown.finding, occurrence);
    uncertain_->setVisible(shown.finding.uncertain);
    why_->setText(phraseText(info.why));
    advice_->setText(phraseText(info.advice));
    mute_->setText(muted ? tr("Unmute") : tr("Mute"));
    mute_->setToolTip(muted ? tr("Show it again, here and elsewhere")
                            : tr("Show it no more: not here, not on the timeline, not in later runs"));
    const auto same = [](const auto& a, const auto& b) { return a.task == b.task && a.name == b.name; };
    const bool other_tasks = !std::ranges::equal(shown.tasks, shown_tasks_, same);
    if (!other_tasks && task_row_->count() > 0) return;
    shown_tasks_ = shown.tasks;
    while (QLayoutItem* item = task_row_->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();  // later: it may be the one just pressed
        }
        delete item;
    }
    for (std::size_t i = 0; i < std::min(shown.tasks.size(), chips_max); ++i) {
        auto* chip = new Chip(shown.tasks[i].name, tr("task"), style.other, style, tasks_);
        chip->setClickable(true);
        connect(chip, &Chip::clicked, this, [this, task = shown.tasks[i].task] { emit taskWanted(task); });
        task_row_->addWidget(chip);
    }
    if (shown.tasks.size() > chips_max) {
        QLabel* more = label("soft", tasks_);
        const auto all = std::max<std::uint64_t>(shown.finding.task_count, shown.tasks.size());
        const bool known = all > shown.tasks.size() || all < Finding::tasks_max;
        more->setText(known ? tr("and %1 more").arg(QString::fromStdString(countText(all - chips_max)))
                            : tr("and others"));
        task_row_->addWidget(more);
    }
    task_row_->addStretch(1);
    tasks_->setVisible(!shown.tasks.empty());
}

}  // namespace awaitscope::ui
