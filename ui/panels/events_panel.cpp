// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/events_panel.hpp"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <vector>

#include "ui/model/format.hpp"
#include "ui/panels/empty_state.hpp"
#include "ui/panels/filter_field.hpp"
#include "ui/panels/folded_note.hpp"
#include "ui/panels/row_delegate.hpp"

namespace awaitscope::ui {
namespace {

/// The filter in the view state that holds the groups of kinds, a line each.
const QString kinds_filter = QStringLiteral("kinds of events");
const char* const other_group = QT_TRANSLATE_NOOP("awaitscope::ui::EventsPanel", "other");

/// `name` is what the filter remembers; the words are for the user.
struct Group {
    const char* name;
    std::vector<EventKind> kinds;
};

/// Every kind stands in exactly one group; the last takes those that a later version adds.
const std::vector<Group>& groups() {
    using K = EventKind;
    static const std::vector<Group> all = {
        {QT_TRANSLATE_NOOP("awaitscope::ui::EventsPanel", "tasks"),
         {K::task_created, K::task_running, K::task_suspended, K::task_ready, K::task_cancel_requested, K::task_done,
          K::coroutine_entered, K::coroutine_left, K::task_at}},
        {QT_TRANSLATE_NOOP("awaitscope::ui::EventsPanel", "loop"),
         {K::loop_started, K::loop_stopped, K::iteration, K::poll, K::stack}},
        {QT_TRANSLATE_NOOP("awaitscope::ui::EventsPanel", "callbacks and timers"),
         {K::callback_scheduled, K::callback_run, K::callback_cancelled, K::timer_set, K::timer_fired,
          K::timer_cancelled}},
        {QT_TRANSLATE_NOOP("awaitscope::ui::EventsPanel", "futures"), {K::future_created, K::future_done}},
        {QT_TRANSLATE_NOOP("awaitscope::ui::EventsPanel", "I/O"),
         {K::io_wait, K::io_ready, K::io_unwatched, K::io_read, K::io_write, K::connection_made, K::connection_lost}},
        {QT_TRANSLATE_NOOP("awaitscope::ui::EventsPanel", "locks and queues"),
         {K::sync_created, K::sync_wait, K::sync_acquired, K::sync_released, K::queue_put, K::queue_get}},
        {QT_TRANSLATE_NOOP("awaitscope::ui::EventsPanel", "output and marks"), {K::output, K::mark, K::warning}},
    };
    return all;
}

std::bitset<event_kind_count> kindsOf(const QStringList& names) {
    std::bitset<event_kind_count> kinds;
    std::bitset<event_kind_count> grouped;
    for (const Group& group : groups())
        for (const EventKind kind : group.kinds) {
            grouped.set(static_cast<std::size_t>(kind));
            if (names.contains(group.name)) kinds.set(static_cast<std::size_t>(kind));
        }
    if (names.contains(other_group)) kinds |= ~grouped;
    return kinds;
}

}  // namespace

class EventDelegate : public RowDelegate {
  public:
    using RowDelegate::RowDelegate;

  protected:
    QColor textColorOf(const QModelIndex& index) const override {
        const bool soft = index.column() == EventLogModel::Time || index.column() == EventLogModel::Loop;
        return soft ? panelStyle().textSoft : panelStyle().text;
    }
    QFont fontOf(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        if (index.column() != EventLogModel::Time) return option.font;
        QFont mono = panelStyle().mono;
        mono.setPixelSize(12);
        return mono;
    }
};

EventsPanel::EventsPanel(TraceSession& session, ViewState& view, QWidget* parent)
    : QWidget(parent), view_(view), model_(session) {
    setObjectName("eventsPanel");
    buildBar();
    table_ = new QTableView(this);
    delegate_ = new EventDelegate(this);
    table_->setModel(&model_);
    delegate_->setUp(*table_, 24);
    table_->setAccessibleName(tr("Events"));
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->horizontalHeader()->setStretchLastSection(true);
    const std::pair<int, int> widths[] = {
        {EventLogModel::Time, 130}, {EventLogModel::Loop, 56}, {EventLogModel::Task, 130}, {EventLogModel::Kind, 160}};
    RowDelegate::setWidths(*table_, widths);
    empty_ = new EmptyState({}, {}, this);
    part_ = new QLabel(this);
    part_->setProperty("class", "soft");
    part_->setWordWrap(true);
    part_->setContentsMargins(8, 4, 8, 4);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(table_);
    column->addWidget(empty_);
    column->addWidget(part_);
    column->addWidget(new FoldedNote(session, FoldedNote::Of::events, this));

    connect(table_, &QTableView::clicked, this, &EventsPanel::go);
    connect(table_, &QTableView::activated, this, &EventsPanel::go);
    connect(&view_, &ViewState::cursorChanged, this, &EventsPanel::followCursor);
    connect(table_->verticalScrollBar(), &QScrollBar::valueChanged, this, &EventsPanel::slide);
    connect(&model_, &EventLogModel::listedMore, this, [this] {
        showFound();
        if (follows_) showCursor();
    });
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model_, changed, this, &EventsPanel::rowsChanged);
    connect(&model_, &QAbstractItemModel::modelReset, this, &EventsPanel::rowsChanged);
    connect(&model_, &EventLogModel::busyChanged, this, &EventsPanel::rowsChanged);
    takeGroups();
}

void EventsPanel::buildBar() {
    bar_ = new QWidget(this);
    auto* line = new QHBoxLayout(bar_);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    text_ = new FilterField(view_, "events", tr("Filter events"), tr("Filter events by text"), bar_);
    kinds_ = new QToolButton(bar_);
    kinds_->setProperty("class", "framed");
    kinds_->setPopupMode(QToolButton::InstantPopup);
    kinds_->setText(tr("All kinds"));
    menu_ = new QMenu(tr("Kinds of events"), kinds_);
    const auto add = [this](const char* name) {
        QAction* action = menu_->addAction(tr(name));
        action->setCheckable(true);
        action->setData(QString::fromLatin1(name));
    };
    for (const Group& group : groups()) add(group.name);
    add(other_group);
    kinds_->setMenu(menu_);
    found_ = new QLabel(bar_);
    found_->hide();
    line->addWidget(found_);
    line->addWidget(text_);
    line->addWidget(kinds_);
    connect(text_, &QLineEdit::textChanged, this, &EventsPanel::applyFilter);
    connect(menu_, &QMenu::triggered, this, [this] { view_.setFilter(kinds_filter, chosenGroups().join('\n')); });
    connect(&view_, &ViewState::filterChanged, this, [this](const QString& changed) {
        if (changed == kinds_filter) takeGroups();
    });
}

QString EventsPanel::about() {
    return tr(
        "Every event as it was recorded; all other panels are computed from these. The band is the cursor: click "
        "another event to move it there.");
}

void EventsPanel::setPanelStyle(const PanelStyle& style) {
    delegate_->setPanelStyle(style);
    table_->viewport()->update();
}

void EventsPanel::showGroups(const QStringList& names) {
    view_.setFilter(kinds_filter, names.join('\n'));
}

QStringList EventsPanel::chosenGroups() const {
    QStringList chosen;
    for (const QAction* action : menu_->actions())
        if (action->isChecked()) chosen << action->data().toString();
    return chosen;
}

void EventsPanel::takeGroups() {
    const QStringList names = view_.filter(kinds_filter).split('\n', Qt::SkipEmptyParts);
    for (QAction* action : menu_->actions()) action->setChecked(names.contains(action->data().toString()));
    applyFilter();
}

void EventsPanel::applyFilter() {
    const QStringList chosen = chosenGroups();
    kinds_->setText(chosen.isEmpty()     ? tr("All kinds")
                    : chosen.size() == 1 ? tr(chosen.front().toLatin1().constData())
                                         : tr("%1 groups").arg(chosen.size()));
    EventFilter filter;
    filter.text = text_->text();
    if (!chosen.isEmpty()) filter.kinds = kindsOf(chosen);
    follows_ = true;
    model_.setFilter(filter);
    rowsChanged();
}

void EventsPanel::followCursor() {
    follows_ = true;
    showCursor();
}

/// At either end of the rows there are it goes on with more of them, and what is seen stands still.
void EventsPanel::slide() {
    const QScrollBar* bar = table_->verticalScrollBar();
    const int top = table_->rowAt(0);
    const bool up = bar->value() == bar->minimum() && model_.before() > 0;
    const bool down = bar->value() == bar->maximum() && model_.hasMoreBehind();
    if (sliding_ || top < 0 || (!up && !down)) return;
    const QScopedValueRollback guard(sliding_, true);
    follows_ = false;
    const EventIndex event = model_.eventOf(top);
    model_.showAround(event);
    table_->scrollTo(model_.index(model_.rowAt(event), 0), QAbstractItemView::PositionAtTop);
}

void EventsPanel::showCursor() {
    int row = view_.cursor() == no_event ? -1 : model_.rowAt(view_.cursor());
    if (row < 0 && follows_ && view_.cursor() != no_event) {
        const QScopedValueRollback guard(sliding_, true);
        model_.showAround(view_.cursor());
        row = model_.rowAt(view_.cursor());
    }
    if (row < 0) {
        table_->selectionModel()->clear();
        return;
    }
    // Rows that come leave alone who has scrolled away.
    if (table_->currentIndex().row() == row && table_->selectionModel()->hasSelection()) return;
    table_->selectionModel()->setCurrentIndex(model_.index(row, 0),
                                              QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    table_->scrollTo(model_.index(row, 0));
}

void EventsPanel::showFound() {
    const QString listed = formatCount(model_.listed());
    if (model_.filter() == EventFilter())
        found_->clear();
    else if (model_.busy())
        found_->setText(tr("%1 found, %2 %").arg(listed).arg(static_cast<int>(100 * model_.progress())));
    else
        found_->setText(tr("%1 found").arg(listed));
    found_->setVisible(!found_->text().isEmpty());
    const std::size_t first = model_.before() + 1, last = model_.before() + static_cast<std::size_t>(model_.rowCount());
    part_->setText(tr("Rows %1 to %2 of %3: the others come as you scroll, or go to their moment.")
                       .arg(formatCount(first), formatCount(last), listed));
    part_->setVisible(model_.before() > 0 || model_.hasMoreBehind());
}

void EventsPanel::rowsChanged() {
    showFound();
    const bool empty = model_.rowCount() == 0;
    if (model_.busy())
        empty_->setText(tr("Looking for events that fit..."), {});
    else if (model_.filter() == EventFilter())
        empty_->setText(tr("No events yet"), tr("They appear here as they come."));
    else
        empty_->setText(tr("No event fits the filter"), {});
    empty_->setVisible(empty);
    table_->setVisible(!empty);
    showCursor();
}

void EventsPanel::go(const QModelIndex& index) {
    const EventIndex event = model_.eventOf(index.row());
    const QVariant task = index.data(EventLogModel::TaskRole);
    if (event == no_event) return;
    view_.setCursor(event);
    if (task.isValid() && task.toUInt() != no_task) view_.setSelectedTask(task.toUInt());
}

}  // namespace awaitscope::ui
