// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/loop_panel.hpp"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/model/format.hpp"
#include "ui/model/in_words.hpp"
#include "ui/panels/chip.hpp"
#include "ui/panels/figure_table.hpp"
#include "ui/panels/label.hpp"
#include "ui/panels/when_seen.hpp"

namespace awaitscope::ui {
namespace {

/// More of a kind are counted, not shown: nobody reads the hundredth chip.
constexpr std::size_t shown_most = 60;
constexpr std::size_t copied_most = 100'000;

QFrame* rule(const char* cls, QWidget* parent) {
    auto* made = new QFrame(parent);
    made->setProperty("class", cls);
    return made;
}

/// The three columns; they are copied as one, and what stands below by itself.
class Columns : public QWidget, public Tabular {
  public:
    Columns(const LoopPanel& panel, QWidget* parent) : QWidget(parent), panel_(panel) {}
    QString table() const override { return panel_.columnsTable(); }

  private:
    const LoopPanel& panel_;
};

}  // namespace

LoopPanel::LoopPanel(TraceSession& session, ViewState& view, QWidget* parent)
    : QWidget(parent), session_(session), view_(view), seen_(new WhenSeen(*this, [this] { refresh(); })) {
    setObjectName("loopPanel");
    outer_ = new QVBoxLayout(this);
    outer_->setContentsMargins(0, 0, 0, 0);
    outer_->setSpacing(0);
    phase_ = label({}, "strong", this);
    phase_->setObjectName("phase");
    phase_->setContentsMargins(16, 9, 16, 5);
    outer_->addWidget(phase_);
    auto* columns = new Columns(*this, this);
    columns->setAccessibleName(tr("The loop at the cursor"));
    auto* row = new QHBoxLayout(columns);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    ready_ = addColumn(tr("READY QUEUE, FRONT FIRST"), row);
    row->addWidget(rule("vrule", columns));
    timers_ = addColumn(tr("TIMERS, SOONEST FIRST"), row);
    row->addWidget(rule("vrule", columns));
    watches_ = addColumn(tr("WATCHED DESCRIPTORS"), row);
    no_timers_ = label(tr("None is set."), "faint", this);
    timer_table_ = new FigureTable(this);
    timer_table_->setAccessibleName(tr("Timers"));
    timer_table_->setExpendable(1);  // how long it takes still, says more than when it will be
    timers_.body->addWidget(no_timers_);
    timers_.body->addWidget(timer_table_);
    timers_.body->addStretch(1);
    no_watches_ = label({}, "faint", this);
    no_watches_->setObjectName("noWatches");
    watch_table_ = new FigureTable(this);
    watch_table_->setAccessibleName(tr("Watched descriptors"));
    watch_table_->setHeader({tr("fd"), tr("for"), tr("other side")});
    watch_table_->setWords(false);
    watches_.body->addWidget(no_watches_);
    watches_.body->addWidget(watch_table_);
    watches_.body->addStretch(1);
    outer_->addWidget(columns, 1);

    connect(timer_table_, &FigureTable::linkClicked, this,
            [this](int at) { view_.setSelectedTask(timer_tasks_[static_cast<std::size_t>(at)]); });
    connect(&view_, &ViewState::cursorChanged, seen_, &WhenSeen::want);
    connect(&session_, &TraceSession::grown, seen_, &WhenSeen::want);
    seen_->want();
}

LoopPanel::Column LoopPanel::addColumn(const QString& title, QHBoxLayout* row) {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(16, 6, 16, 4);
    column->setSpacing(6);
    Column made{title, label(title, "section", content), new QVBoxLayout};
    made.body->setSpacing(4);
    column->addWidget(made.head);
    column->addLayout(made.body, 1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    row->addWidget(scroll, 1);
    return made;
}

void LoopPanel::setBelow(QWidget* below) {
    outer_->setStretch(1, 4);
    outer_->addWidget(rule("rule", this));
    QLabel* head = label(tr("TASKS"), "section", this);
    head->setContentsMargins(16, 8, 16, 4);
    outer_->addWidget(head);
    outer_->addWidget(below, 5);
}

QString LoopPanel::about() {
    return tr(
        "What the loop holds at the cursor. In each turn it runs what stands in the ready queue, then waits until a "
        "timer is due or a descriptor is ready, and moves whoever waited for that to the ready queue.");
}

QString LoopPanel::columnsTable() const {
    LoopMoment all;
    {
        const auto trace = session_.trace();
        all = loopMoment(*trace, view_.cursor(), copied_most);
    }
    QStringList lines;
    if (!all.phase.isEmpty()) lines << all.phase;
    const auto section = [&](const Column& column, std::size_t count) {
        if (!lines.isEmpty()) lines << QString();
        lines << column.title + '\t' + QString::number(count);
    };
    section(ready_, all.ready_count);
    for (const LoopMoment::Ready& ready : all.ready) lines << ready.name + '\t' + ready.why;
    section(timers_, all.timer_count);
    for (const LoopMoment::Timer& timer : all.timers)
        lines << QStringList{timer.name, timer.when, timer.left}.join('\t');
    section(watches_, all.watch_count);
    for (const LoopMoment::Watch& watch : all.watches)
        lines << QStringList{QString::number(watch.fd), watch.what, watch.peer}.join('\t');
    return lines.join('\n');
}

void LoopPanel::setPanelStyle(const PanelStyle& style) {
    style_ = style;
    timer_table_->setPanelStyle(style);
    watch_table_->setPanelStyle(style);
    shown_ready_.clear();
    seen_->want();
}

const LoopMoment& LoopPanel::moment() const {
    seen_->catchUp();
    return moment_;
}

void LoopPanel::refresh() {
    {
        const auto trace = session_.trace();
        moment_ = loopMoment(*trace, view_.cursor(), shown_most);
    }
    phase_->setText(moment_.phase);
    phase_->setVisible(!moment_.phase.isEmpty());
    showCount(ready_, moment_.ready_count);
    showCount(timers_, moment_.timer_count);
    showCount(watches_, moment_.watch_count);
    showReady();
    showTimers();
    showWatches();
}

void LoopPanel::showCount(const Column& column, std::size_t count) {
    column.head->setText(count == 0 ? column.title : column.title + QStringLiteral(" · ") + formatCount(count));
}

void LoopPanel::showReady() {
    QString key = QString::number(moment_.ready_count);
    for (std::size_t i = 0; i < moment_.ready.size(); ++i)
        key += '|' + moment_.ready[i].name + '/' + moment_.ready[i].why;
    if (key == shown_ready_) return;
    shown_ready_ = key;
    while (QLayoutItem* item = ready_.body->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    if (moment_.ready.empty()) ready_.body->addWidget(label(tr("Empty: no task is ready to run."), "faint", this));
    for (std::size_t i = 0; i < moment_.ready.size(); ++i) {
        const LoopMoment::Ready& ready = moment_.ready[i];
        auto* chip = new Chip(ready.name, ready.why, style_.ready, style_, this);
        if (ready.task != no_task) {
            chip->setClickable(true);
            connect(chip, &Chip::clicked, this, [this, task = ready.task] { view_.setSelectedTask(task); });
        }
        ready_.body->addWidget(chip);
    }
    if (moment_.ready_count > shown_most)
        ready_.body->addWidget(
            label(tr("and %1 more").arg(formatCount(moment_.ready_count - shown_most)), "faint", this));
    ready_.body->addStretch(1);
}

void LoopPanel::showTimers() {
    std::vector<FigureTable::Row> rows;
    timer_tasks_.clear();
    for (std::size_t i = 0; i < moment_.timers.size(); ++i) {
        const LoopMoment::Timer& timer = moment_.timers[i];
        rows.push_back({{timer.name, timer.when, timer.left}, {}, timer.task == no_task ? -1 : static_cast<int>(i)});
        timer_tasks_.push_back(timer.task);
    }
    if (moment_.timer_count > shown_most)
        rows.push_back({{tr("and %1 more").arg(formatCount(moment_.timer_count - shown_most)), {}, {}}, {}, -1});
    no_timers_->setVisible(rows.empty());
    timer_table_->setVisible(!rows.empty());
    timer_table_->setRows(std::move(rows));
}

void LoopPanel::showWatches() {
    std::vector<FigureTable::Row> rows;
    for (std::size_t i = 0; i < moment_.watches.size(); ++i) {
        const LoopMoment::Watch& watch = moment_.watches[i];
        rows.push_back({{QString::number(watch.fd), watch.what, watch.peer}, {}, -1});
    }
    if (moment_.watch_count > shown_most)
        rows.push_back({{tr("and %1 more").arg(formatCount(moment_.watch_count - shown_most)), {}, {}}, {}, -1});
    no_watches_->setText(!moment_.waiting ? tr("None.")
                         : moment_.timer_count > 0
                             ? tr("None: the loop waits for timers only.")
                             : tr("None, and no timer: only another thread or a signal can wake the loop."));
    no_watches_->setVisible(rows.empty());
    watch_table_->setVisible(!rows.empty());
    watch_table_->setRows(std::move(rows));
}

}  // namespace awaitscope::ui
