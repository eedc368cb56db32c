// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/selection_panel.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/geometry/loop_summary.hpp"
#include "ui/model/follow_live.hpp"
#include "ui/model/format.hpp"
#include "ui/panels/chip.hpp"
#include "ui/panels/empty_state.hpp"
#include "ui/panels/figure_table.hpp"
#include "ui/panels/label.hpp"
#include "ui/panels/task_lines.hpp"
#include "ui/panels/when_seen.hpp"

namespace awaitscope::ui {
namespace {

void clear(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            // Later: it may be the chip just pressed that asks for this.
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

/// What may be higher than the panel.
QScrollArea* scrolled(QWidget* content, const QString& name, QWidget* parent) {
    auto* scroll = new QScrollArea(parent);
    scroll->setAccessibleName(name);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    return scroll;
}

}  // namespace

SelectionPanel::SelectionPanel(TraceSession& session, ViewState& view, QWidget* parent)
    : QWidget(parent), session_(session), view_(view), seen_(new WhenSeen(*this, [this] { refresh(); })) {
    setObjectName("selectionPanel");
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(6);
    name_ = label({}, "subtitle", content);
    name_->setObjectName("selectionName");
    subtitle_ = label({}, "soft", content);
    state_ = label({}, "soft", content);
    error_ = label({}, "bad", content);
    error_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(name_);
    column->addWidget(subtitle_);
    column->addWidget(state_);
    column->addWidget(error_);
    column->addSpacing(8);
    column->addWidget(label(tr("WHO WAITS FOR WHOM"), "section", content));
    chain_ = new QVBoxLayout;
    chain_->setSpacing(7);
    column->addLayout(chain_);
    column->addSpacing(12);
    column->addWidget(label(tr("TIME"), "section", content));
    times_ = new FigureTable(content);
    times_->setAccessibleName(tr("Time by state"));
    column->addWidget(times_);
    column->addSpacing(12);
    column->addWidget(label(tr("STEPS"), "section", content));
    steps_ = new FigureTable(content);
    steps_->setAccessibleName(tr("Steps"));
    steps_->setWords(true);
    column->addWidget(steps_);
    column->addStretch(1);

    task_page_ = scrolled(content, tr("The selected task"), this);
    empty_ =
        new EmptyState(tr("No task is selected"),
                       tr("Click a task in the timeline or in the table. While none is selected, the one that runs is "
                          "shown here."),
                       this);
    buildLoop();
    stack_ = new QStackedWidget(this);
    stack_->addWidget(empty_);
    stack_->addWidget(task_page_);
    stack_->addWidget(loop_page_);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(stack_);

    connect(&view_, &ViewState::cursorChanged, seen_, &WhenSeen::want);
    connect(&view_, &ViewState::selectionChanged, seen_, &WhenSeen::want);
    connect(&view_, &ViewState::followingChanged, seen_, &WhenSeen::want);
    connect(&view_, &ViewState::placesChanged, seen_, &WhenSeen::want);
    connect(&session_, &TraceSession::grown, seen_, &WhenSeen::want);
    connect(steps_, &FigureTable::linkClicked, this,
            [this](int task) { view_.setSelectedTask(static_cast<TaskIndex>(task)); });
    seen_->want();
}

void SelectionPanel::buildLoop() {
    constexpr int readable_ms = 500;
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(6);
    column->addWidget(label(tr("The loop"), "subtitle", content));
    column->addWidget(label(tr("The newest is followed, and no task is selected."), "soft", content));
    loop_ = new FigureTable(content);
    loop_->setAccessibleName(tr("How the loop is doing"));
    column->addSpacing(8);
    column->addWidget(loop_);
    column->addSpacing(12);
    column->addWidget(label(tr("FOUND LAST"), "section", content));
    finding_ = label(tr("Nothing yet."), "body", content);
    finding_->setObjectName("latestFinding");
    finding_->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(finding_, &QLabel::linkActivated, this, &SelectionPanel::latestFindingWanted);
    column->addWidget(finding_);
    column->addSpacing(12);
    column->addWidget(
        label(tr("Click a task in the timeline or in the table: it is then shown here."), "faint", content));
    column->addStretch(1);
    loop_page_ = scrolled(content, tr("The loop"), this);
    loop_pause_.setSingleShot(true);
    loop_pause_.setInterval(readable_ms);
    connect(&loop_pause_, &QTimer::timeout, this, [this] {
        if (rushes(session_, view_)) seen_->want();
    });
}

void SelectionPanel::setLatestFinding(const QString& text) {
    if (text == latest_) return;  // a link that is set anew loses the focus
    latest_ = text;
    finding_->setText(text.isEmpty() ? tr("Nothing yet.")
                                     : QStringLiteral("<a href=\"finding\">%1</a>").arg(text.toHtmlEscaped()));
}

QString SelectionPanel::about() {
    return tr(
        "The selected task at the cursor. The chain reads from the top: each waits for the one below it. Times are "
        "sums from its creation to the cursor. While a program is followed and no task is selected: how its loop is "
        "doing.");
}

QString SelectionPanel::table() const {
    seen_->catchUp();
    if (stack_->currentWidget() == loop_page_) {
        QStringList figures;
        for (const FigureTable::Row& row : loop_->rows()) figures << row.cells.join('\t');
        return figures.join('\n') + '\n' + tr("found last") + '\t' + (latest_.isEmpty() ? tr("Nothing yet.") : latest_);
    }
    if (!summary_.exists) return {};
    QStringList lines{summary_.name + '\t' + summary_.subtitle, tr("state") + '\t' + state_->text()};
    if (!summary_.error.isEmpty()) lines << tr("error") + '\t' + summary_.error;
    for (const ChainItem& item : summary_.chain.items) lines << item.name + '\t' + item.relation;
    for (const TimeShare& share : summary_.times)
        lines << QStringList{share.label, share.duration, share.percent}.join('\t');
    for (const FigureTable::Row& row : steps_->rows()) lines << row.cells.join('\t');
    return lines.join('\n');
}

void SelectionPanel::setPanelStyle(const PanelStyle& style) {
    style_ = style;
    times_->setPanelStyle(style);
    steps_->setPanelStyle(style);
    loop_->setPanelStyle(style);
    shown_chain_.clear();
    seen_->want();
}

const SelectionSummary& SelectionPanel::summary() const {
    seen_->catchUp();
    return summary_;
}

void SelectionPanel::refresh() {
    if (rushes(session_, view_)) {
        if (!loop_pause_.isActive() || stack_->currentWidget() != loop_page_) showLoop();
        return;
    }
    TaskIndex task = no_task;
    {
        const auto trace = session_.trace();
        task = currentTask(*trace, view_.selectedTask(), view_.cursor());
        summary_ = task == no_task ? SelectionSummary() : summarize(*trace, task, view_.cursor(), view_.places());
    }
    if (task == no_task) {
        empty_->setText(tr("No task is selected"), tr("Click a task in the timeline or in the table. While none is "
                                                      "selected, the one that runs is shown here."));
        stack_->setCurrentWidget(empty_);
    } else if (!summary_.exists) {
        empty_->setText(summary_.name, tr("This task is created later. Move the cursor on."));
        stack_->setCurrentWidget(empty_);
    } else {
        showSummary(task);
        stack_->setCurrentWidget(task_page_);
    }
}

void SelectionPanel::showLoop() {
    loop_pause_.start();
    LoopSummary loop;
    {
        const auto trace = session_.trace();
        loop = loopSummary(*trace, view_.cursor());
    }
    summary_ = {};
    std::vector<FigureTable::Row> rows;
    const auto add = [&](const QString& word, const QString& figure) { rows.push_back({{word, figure}, {}, -1}); };
    add(tr("tasks alive"), formatCount(loop.alive));
    add(tr("ready to run"), formatCount(loop.ready));
    add(tr("timers set"), formatCount(loop.timers));
    if (loop.over > 0) {
        const QString over = formatDuration(loop.over);
        add(tr("busy, of the last %1").arg(over), formatNumber(loop.busy * 100, 1) + QStringLiteral(" %"));
        add(tr("longest in the ready queue"), formatDuration(loop.lag));
    }
    loop_->setRows(std::move(rows));
    stack_->setCurrentWidget(loop_page_);
}

void SelectionPanel::showSummary(TaskIndex) {
    name_->setText(summary_.name);
    subtitle_->setText(summary_.subtitle);
    subtitle_->setVisible(!summary_.subtitle.isEmpty());
    QString state = summary_.state;
    if (!summary_.waits_for.isEmpty()) state += ": " + summary_.waits_for;
    state_->setText(state);
    error_->setText(summary_.error);
    error_->setVisible(!summary_.error.isEmpty());
    showChain();
    showTimes();
    showSteps();
}

void SelectionPanel::showChain() {
    QString key = summary_.chain.cycle ? "cycle" : "chain";
    for (const ChainItem& item : summary_.chain.items)
        key += QString("|%1/%2/%3/%4")
                   .arg(item.name, item.relation)
                   .arg(static_cast<int>(item.state))
                   .arg(static_cast<int>(item.on));
    if (key == shown_chain_) return;
    shown_chain_ = key;
    clear(chain_);
    const auto& items = summary_.chain.items;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const ChainItem& item = items[i];
        auto* row = new QWidget(this);
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(10);
        // A task in the middle has the colour of what stands below it.
        const WaitKind on = item.on != WaitKind::none || i + 1 == items.size() ? item.on
                            : items[i + 1].task == no_task                     ? items[i + 1].on
                                                                               : WaitKind::task;
        const QColor edge = item.task == no_task ? style_.wait(item.on) : style_.state(item.state, on);
        auto* chip = new Chip(item.name, {}, edge, style_, row);
        if (item.task != no_task) {
            chip->setClickable(true);
            connect(chip, &Chip::clicked, this, [this, task = item.task] { view_.setSelectedTask(task); });
        }
        auto* relation = label(item.relation, "soft", row);
        line->addWidget(chip);
        line->addWidget(relation, 1);
        chain_->addWidget(row);
    }
    if (summary_.chain.cycle) chain_->addWidget(label(tr("A cycle: none of these will ever go on."), "bad", this));
}

void SelectionPanel::showTimes() {
    std::vector<FigureTable::Row> rows;
    for (const TimeShare& share : summary_.times)
        rows.push_back({{share.label, share.duration, share.percent}, style_.state(share.state, share.on), -1});
    times_->setRows(std::move(rows));
}

void SelectionPanel::showSteps() {
    std::vector<FigureTable::Row> rows;
    const int parent = summary_.parent == no_task ? -1 : static_cast<int>(summary_.parent);
    if (!summary_.created_by.isEmpty()) {
        rows.push_back({{tr("created by"), summary_.created_by}, {}, parent});
        rows.push_back({{tr("created"), summary_.created}, {}, -1});
    }
    rows.push_back({{tr("resumed"), summary_.resumed}, {}, -1});
    rows.push_back({{summary_.older ? tr("seen for") : tr("age"), summary_.age}, {}, -1});
    if (!summary_.ended.isEmpty()) rows.push_back({{tr("ended"), summary_.ended}, {}, -1});
    steps_->setRows(std::move(rows));
}

}  // namespace awaitscope::ui
