// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/status_bar.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

constexpr int bar_height = 28;

}  // namespace

StatusBar::StatusBar(QAction* stop_reading, QWidget* parent)
    : QWidget(parent), progress_(new QProgressBar(this)), stop_(new QToolButton(this)) {
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
    progress_->setObjectName("readingProgress");
    progress_->setFixedWidth(140);
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("How much of the file has been read"));
    stop_->setObjectName("stopReading");
    stop_->setDefaultAction(stop_reading);
    stop_->setProperty("class", "quiet");
    stop_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    stop_->setFocusPolicy(Qt::StrongFocus);
    auto* reading = new QHBoxLayout;
    reading->setSpacing(7);
    reading->addWidget(progress_);
    reading->addWidget(stop_);
    line->addLayout(reading);
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
    for (QWidget* widget : {static_cast<QWidget*>(progress_), static_cast<QWidget*>(stop_)})
        widget->setVisible(figures.reading.has_value());
    progress_->setValue(static_cast<int>(figures.reading.value_or(0) * progress_->maximum()));
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
    for (QWidget* item :
         std::initializer_list<QWidget*>{dot_, progress_, stop_, clock_, events_, lost_, tasks_, ready_, rate_})
        item->hide();
    state_->setText(text);
}

}  // namespace awaitscope::ui
