// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/course_list.hpp"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <algorithm>

#include "ui/panels/label.hpp"
#include "ui/scenario/course_progress.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/window/card.hpp"

namespace awaitscope::ui {
CourseList::CourseList(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    QLabel* what = label(tr("LEARN WITH A SCENARIO"), "section", this);
    what->setWordWrap(false);
    head->addWidget(what);
    done_ = label({}, "soft", this);
    done_->setObjectName("courseDone");
    done_->setWordWrap(false);
    bar_ = new QProgressBar(this);
    bar_->setTextVisible(false);
    bar_->setFixedSize(120, 6);
    bar_->setAccessibleName(tr("Scenarios finished"));
    forget_ = new QPushButton(tr("Start over"), this);
    forget_->setProperty("class", "plain");
    forget_->setObjectName("courseForget");
    forget_->setToolTip(tr("Forget what was finished, and all answers"));
    go_on_ = new QPushButton(this);
    go_on_->setObjectName("courseGoOn");
    go_on_->setProperty("class", "primary");
    head->addStretch(1);
    for (QWidget* widget : std::initializer_list<QWidget*>{bar_, done_, forget_, go_on_}) head->addWidget(widget);
    column->addLayout(head);
    connect(forget_, &QPushButton::clicked, this, &CourseList::forget);
    connect(go_on_, &QPushButton::clicked, this, [this] { emit scenarioChosen(next()); });

    QStringList problems;
    std::string chapter;
    for (const ScenarioEntry& entry : scenarioCatalog(":/scenarios", &problems)) {
        if (chapters_.empty() || entry.story.chapter != chapter) {
            chapter = entry.story.chapter;
            if (!chapter.empty()) column->addWidget(label(QString::fromStdString(chapter), "strong", this));
            auto* area = new QWidget(this);
            auto* grid = new QGridLayout(area);
            grid->setContentsMargins(0, 0, 0, 10);
            grid->setSpacing(14);
            column->addWidget(area);
            chapters_.push_back({grid, {}});
        }
        auto* card = new Card(QString::fromStdString(entry.story.title), QString::fromStdString(entry.story.summary),
                              QString(), this);
        card->setObjectName("scenario:" + entry.name);
        connect(card, &Card::activated, this, [this, name = entry.name] { emit scenarioChosen(name); });
        chapters_.back().entries.push_back({entry.name, entry.story, card});
    }
    for (const QString& problem : problems) column->addWidget(label(problem, "bad", this));
    if (chapters_.empty()) {
        for (QWidget* widget : std::initializer_list<QWidget*>{bar_, done_, forget_, go_on_}) widget->hide();
        column->addWidget(label(
            tr("This build comes without scenarios. Attach to a running program, or open a recording."), "soft", this));
    }
    refresh();
}

/// How long it takes; of a story that was read to its end, what is missing.
QString CourseList::cornerOf(const Entry& entry) {
    if (course_progress::seenToEnd(entry.name)) {
        const int open = course_progress::openQuestions(entry.name, entry.story);
        if (open > 0) return open == 1 ? tr("1 question open") : tr("%1 questions open").arg(open);
    }
    return entry.story.minutes > 0 ? tr("%1 min").arg(entry.story.minutes) : QString();
}

void CourseList::refresh() {
    if (chapters_.empty()) return;
    int all = 0, finished = 0;
    for (const Chapter& chapter : chapters_)
        for (const Entry& entry : chapter.entries) {
            const bool done = course_progress::finished(entry.name);
            entry.card->setCorner(cornerOf(entry));
            entry.card->setDone(done);
            ++all;
            finished += done;
        }
    bar_->setMaximum(all);
    bar_->setValue(finished);
    done_->setText(tr("%1 of %2 finished").arg(finished).arg(all));
    go_on_->setText(finished == 0 ? tr("Begin") : tr("Go on"));
    go_on_->setVisible(!next().isEmpty());
    forget_->setVisible(finished > 0);
}

void CourseList::setColumns(int columns) {
    if (columns == columns_) return;
    columns_ = columns;
    for (const Chapter& chapter : chapters_) {
        for (const Entry& entry : chapter.entries) chapter.grid->removeWidget(entry.card);
        int at = 0;
        for (const Entry& entry : chapter.entries) {
            chapter.grid->addWidget(entry.card, at / columns, at % columns);
            ++at;
        }
        for (int i = 0; i < 3; ++i) chapter.grid->setColumnStretch(i, i < columns ? 1 : 0);
    }
}

QString CourseList::next(const QString& after) {
    const auto catalog = scenarioCatalog();
    const auto open = [](const ScenarioEntry& entry) { return !course_progress::finished(entry.name); };
    const auto last = std::ranges::find(catalog, after, &ScenarioEntry::name);
    const auto begin = last == catalog.end() ? catalog.begin() : last + 1;
    auto found = std::find_if(begin, catalog.end(), open);
    if (found == catalog.end()) found = std::ranges::find_if(catalog, open);
    return found == catalog.end() ? QString() : found->name;
}

void CourseList::forget() {
    const auto sure = QMessageBox::question(this, tr("Start over"),
                                            tr("Forget which scenarios were finished, and all answers given?"));
    if (sure != QMessageBox::Yes) return;
    course_progress::forgetAll();
    refresh();
}

}  // namespace awaitscope::ui
