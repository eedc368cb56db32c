// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/primitive_details.hpp"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/format.hpp"
#include "ui/model/primitive_words.hpp"
#include "ui/model/state_words.hpp"
#include "ui/panels/chip.hpp"
#include "ui/panels/figure_table.hpp"
#include "ui/panels/label.hpp"
#include "ui/panels/sparkline.hpp"

namespace awaitscope::ui {
namespace {

/// More are counted, not shown.
constexpr std::size_t waiters_shown = 60;
constexpr int history_columns = 120;

}  // namespace

PrimitiveDetails::PrimitiveDetails(QWidget* parent)
    : QWidget(parent),
      name_(label({}, "subtitle", this)),
      state_(label({}, "soft", this)),
      level_head_(label({}, "section", this)),
      level_(new Sparkline(this)),
      owner_head_(label({}, "section", this)),
      owner_(new QVBoxLayout),
      waiters_head_(label({}, "section", this)),
      waiters_(new QVBoxLayout),
      last_(new FigureTable(this)) {
    level_head_->setText(tr("LEVEL SO FAR"));
    level_->setAccessibleName(tr("Level so far"));
    owner_head_->setText(tr("HELD BY"));
    waiters_head_->setText(tr("WAITING, FIRST COME FIRST"));
    last_->setWords(true);
    last_->setAccessibleName(tr("What last happened"));
    last_head_ = label(tr("LAST"), "section", this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(6);
    column->addWidget(name_);
    column->addWidget(state_);
    for (QLayout* chips : {owner_, waiters_}) chips->setSpacing(4);
    column->addSpacing(4);
    column->addWidget(owner_head_);
    column->addLayout(owner_);
    column->addWidget(level_head_);
    column->addWidget(level_);
    column->addSpacing(4);
    column->addWidget(waiters_head_);
    column->addLayout(waiters_);
    column->addSpacing(4);
    column->addWidget(last_head_);
    column->addWidget(last_);
    column->addStretch(1);
    connect(last_, &FigureTable::linkClicked, this,
            [this](int at) { emit momentChosen(last_events_[static_cast<std::size_t>(at)]); });
}

void PrimitiveDetails::setPanelStyle(const PanelStyle& style) {
    style_ = style;
    level_->setPanelStyle(style);
    last_->setPanelStyle(style);
    showChips(owner_, shown_owner_, {}, 0);
    showChips(waiters_, shown_waiters_, {}, 0);
}

void PrimitiveDetails::show(const Trace& trace, const PrimitiveMoment& primitive, EventIndex cursor,
                            const PlaceWords& places) {
    name_->setText(primitiveKind(primitive.kind) + ' ' + primitiveName(trace, primitive, places));
    const QString state = primitiveState(trace, primitive);
    state_->setText(state);
    state_->setVisible(!state.isEmpty() && !primitive.owner);

    std::vector<ChipText> owner;
    if (const TaskIndex task = primitive.owner ? trace.find_task(*primitive.owner) : no_task; task != no_task) {
        const TaskMoment moment = trace.at(task, cursor);
        owner.push_back({task, taskName(trace, task), stateWord(moment.state), waitKindOf(primitive.kind)});
    }
    owner_head_->setVisible(!owner.empty());
    showChips(owner_, shown_owner_, std::move(owner), 0);

    const bool queue = primitive.kind == SyncKind::queue;
    level_head_->setVisible(queue);
    level_->setVisible(queue);
    if (queue) {
        QList<double> levels;
        for (const std::uint32_t level : levelHistory(trace, primitive.id, cursor, history_columns)) levels << level;
        level_->setValues(levels, static_cast<double>(primitive.maxsize));
    }

    std::vector<ChipText> waiters;
    for (const TaskIndex task : primitive.waiters) {
        if (waiters.size() == waiters_shown) break;
        const TaskMoment moment = trace.at(task, cursor);
        QString word;
        WaitKind on = waitKindOf(primitive.kind);
        if (moment.span) {
            if (queue && moment.span->on == WaitKind::queue_put) on = WaitKind::queue_put;
            word = formatAtLeast(trace.time_at(cursor) - moment.span->begin, trace.began_before(task, cursor));
            if (queue) word = (on == WaitKind::queue_put ? tr("put, %1") : tr("get, %1")).arg(word);
        }
        waiters.push_back({task, taskName(trace, task), word, on});
    }
    waiters_head_->setVisible(!waiters.empty());
    const std::size_t more = primitive.waiters.size() - waiters.size();
    showChips(waiters_, shown_waiters_, std::move(waiters), more);
    showLast(trace, primitive, cursor);
}

void PrimitiveDetails::showChips(QVBoxLayout* column, std::vector<ChipText>& shown, std::vector<ChipText> wanted,
                                 std::size_t more) {
    if (wanted == shown) return;
    shown = std::move(wanted);
    while (QLayoutItem* item = column->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const ChipText& text : shown) {
        auto* chip = new Chip(text.name, text.word, style_.wait(text.on), style_, this);
        chip->setClickable(true);
        connect(chip, &Chip::clicked, this, [this, task = text.task] { emit taskChosen(task); });
        column->addWidget(chip);
    }
    if (more == 0) return;
    auto* rest = label({}, "faint", this);
    rest->setText(tr("and %1 more").arg(formatCount(more)));
    column->addWidget(rest);
}

void PrimitiveDetails::showLast(const Trace& trace, const PrimitiveMoment& primitive, EventIndex cursor) {
    const std::pair<EventKind, QString> kinds[] = {{EventKind::sync_acquired, tr("acquired")},
                                                   {EventKind::sync_released, tr("released")},
                                                   {EventKind::queue_put, tr("put")},
                                                   {EventKind::queue_get, tr("got")}};
    std::vector<FigureTable::Row> rows;
    last_events_.clear();
    for (const auto& [kind, word] : kinds) {
        const EventIndex found = lastOfPrimitive(trace, primitive.id, kind, cursor);
        if (found == no_event) continue;
        const Event event = trace.event(found);
        const TaskIndex task = trace.find_task(event.task());
        const QString time = formatTime(static_cast<Nanoseconds>(event.time));
        rows.push_back(
            {{word, task == no_task ? tr("at %1").arg(time) : tr("%1, at %2").arg(taskName(trace, task), time)},
             {},
             static_cast<int>(last_events_.size())});
        last_events_.push_back(found);
    }
    last_head_->setVisible(!rows.empty());
    last_->setRows(std::move(rows));
}

}  // namespace awaitscope::ui
