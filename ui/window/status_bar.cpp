// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/status_bar.hpp"

#include <QHBoxLayout>
#include <QLabel>

#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

constexpr int bar_height = 28;

}  // namespace

StatusBar::StatusBar(QWidget* parent) : QWidget(parent) {
    setObjectName("statusBar");
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(bar_height);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(16, 0, 16, 0);
    line->setSpacing(22);
    const auto label = [&](const char* name) {
        auto* made = new QLabel(this);
        made->setObjectName(name);
        return made;
    };
    dot_ = label("statusDot");
    dot_->setFixedSize(8, 8);
    state_ = label("statusState");
    auto* state = new QHBoxLayout;
    state->setSpacing(7);
    state->addWidget(dot_);
    state->addWidget(state_);
    line->addLayout(state);
    clock_ = label("statusClock");
    events_ = label("statusEvents");
    lost_ = label("statusLost");
    lost_->setProperty("class", "bad");
    lost_->setToolTip(
        tr("The program was faster than the reader: these events were overwritten before they were read"));
    tasks_ = label("statusTasks");
    ready_ = label("statusReady");
    rate_ = label("statusRate");
    for (QLabel* item : {clock_, events_, lost_, tasks_}) line->addWidget(item);
    line->addStretch(1);
    for (QLabel* item : {ready_, rate_}) line->addWidget(item);
}

void StatusBar::show(const Figures& figures) {
    const auto number = [](quint64 value) { return formatCount(value); };
    dot_->setVisible(true);
    dot_->setStyleSheet(QString("background: %1; border-radius: 4px").arg(figures.state_color.name()));
    state_->setText(figures.state);
    clock_->setVisible(figures.virtual_clock);
    clock_->setText(tr("virtual clock"));
    events_->setVisible(true);
    events_->setText(figures.lost ? tr("%1 events").arg(number(figures.events))
                                  : tr("%1 events, 0 lost").arg(number(figures.events)));
    lost_->setVisible(figures.lost > 0);
    lost_->setText(tr("%1 lost").arg(number(figures.lost)));
    tasks_->setVisible(true);
    tasks_->setText((figures.tasks == 1 ? tr("%1 task, %2 finished") : tr("%1 tasks, %2 finished"))
                        .arg(number(figures.tasks), number(figures.tasks_done)));
    ready_->setVisible(true);
    ready_->setText(tr("ready %1").arg(number(figures.ready)));
    rate_->setVisible(figures.events_per_second >= 0);
    rate_->setText(tr("%1 events/s").arg(number(static_cast<quint64>(qRound64(figures.events_per_second)))));
}

void StatusBar::showIdle(const QString& text) {
    for (QLabel* item : {dot_, clock_, events_, lost_, tasks_, ready_, rate_}) item->hide();
    state_->setText(text);
}

}  // namespace awaitscope::ui
