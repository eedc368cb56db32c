// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/findings_panel.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QResizeEvent>
#include <QSplitter>
#include <QToolButton>
#include <algorithm>

#include "ui/model/finding_words.hpp"
#include "ui/model/format.hpp"
#include "ui/panels/empty_state.hpp"
#include "ui/panels/filter_field.hpp"
#include "ui/panels/finding_detail.hpp"
#include "ui/panels/finding_sign.hpp"
#include "ui/panels/folded_note.hpp"
#include "ui/panels/row_delegate.hpp"

namespace awaitscope::ui {
namespace {

constexpr int wide_enough = 620;  // pixels for the list and the detail side by side

/// "blocked loop, deadlock, ..."
QString lookedFor() {
    QStringList titles;
    for (const FindingInfo& info : finding_infos()) titles << phraseText(info.title);
    return titles.join(", ");
}

/// The event to look at, or soon after it the first at which the task stands at the finding's line: a stall is seen at
/// its line only after it has lasted.
EventIndex momentOf(const Trace& trace, const Finding& finding, TaskIndex task) {
    constexpr EventIndex look_at_most = 4096;
    if (finding.stack.empty() || task == no_task) return finding.event;
    for (EventIndex i = finding.event; i < trace.event_count() && i - finding.event < look_at_most; ++i) {
        if (trace.place_at(task, i) == finding.place) return i;
        if (trace.at(task, i).state != TaskState::running && i > finding.event) break;
    }
    return finding.event;
}

/// The place of an event among those where a finding happened, from 0.
std::optional<std::size_t> numberOf(const ShownFinding& shown, EventIndex event) {
    const auto found = std::ranges::lower_bound(shown.finding.events, event);
    if (found == shown.finding.events.end() || *found != event) return std::nullopt;
    return static_cast<std::size_t>(found - shown.finding.events.begin());
}

}  // namespace

/// Two lines: sign, severity, title and place; below, what happened.
class FindingDelegate : public RowDelegate {
  public:
    using RowDelegate::RowDelegate;

    const PanelStyle& style() const { return panelStyle(); }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const PanelStyle& style = panelStyle();
        const auto severity = static_cast<Severity>(index.data(FindingsModel::SeverityRole).toInt());
        const bool muted = index.data(FindingsModel::MutedRole).toBool();
        painter->save();
        if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, style.selection);
        painter->setPen(style.line);
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
        if (muted) painter->setOpacity(0.55);
        const QRect inner = option.rect.adjusted(12, 6, -12, -6);
        paintSeveritySign(*painter, QRectF(inner.left(), inner.top() + 2, 15, 15), severity, style);
        QFont strong = option.font;
        strong.setWeight(QFont::DemiBold);
        const int line = inner.height() / 2;
        QRect head(inner.left() + 24, inner.top(), inner.width() - 24, line);
        const QString place = index.data(FindingsModel::PlaceRole).toString();
        painter->setFont(option.font);
        painter->setPen(style.textSoft);
        const int place_width = std::min(painter->fontMetrics().horizontalAdvance(place) + 2, head.width() / 2);
        painter->drawText(head, Qt::AlignRight | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(place, Qt::ElideLeft, place_width));
        head.setRight(head.right() - place_width - 10);
        QString title = index.data(FindingsModel::TitleRole).toString();
        if (const auto count = index.data(FindingsModel::CountRole).toULongLong(); count > 1)
            title += QString(" ×%1").arg(formatCount(static_cast<std::uint64_t>(count)));
        painter->setFont(strong);
        painter->setPen(style.text);
        const QString shown_title = painter->fontMetrics().elidedText(title, Qt::ElideRight, head.width());
        painter->drawText(head, Qt::AlignVCenter, shown_title);
        QRect words = head.adjusted(painter->fontMetrics().horizontalAdvance(shown_title) + 8, 0, 0, 0);
        QStringList said{severityWord(severity)};
        if (index.data(FindingsModel::UncertainRole).toBool()) said << FindingsPanel::tr("uncertain");
        if (muted) said << FindingsPanel::tr("muted");
        painter->setFont(option.font);
        painter->setPen(style.textSoft);
        // The sign has said the severity: its word goes first where there is no room, and a piece of one says nothing.
        while (!said.isEmpty() && painter->fontMetrics().horizontalAdvance(said.join(", ")) > words.width())
            said.removeFirst();
        painter->drawText(words, Qt::AlignVCenter, said.join(", "));
        const QRect below(inner.left() + 24, inner.top() + line, inner.width() - 24, line);
        painter->drawText(below, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, below.width()));
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {240, 54}; }
};

FindingsPanel::FindingsPanel(FindingsWatch& watch, ViewState& view, QWidget* parent)
    : QWidget(parent), watch_(watch), view_(view), model_(watch) {
    setObjectName("findingsPanel");
    buildBar();
    list_ = new QListView(this);
    delegate_ = new FindingDelegate(this);
    list_->setModel(&model_);
    list_->setItemDelegate(delegate_);
    list_->setUniformItemSizes(true);
    list_->setSelectionMode(QAbstractItemView::SingleSelection);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setAccessibleName(tr("Findings"));
    list_->installEventFilter(this);
    detail_ = new FindingDetail(this);
    splitter_ = new QSplitter(this);
    splitter_->setChildrenCollapsible(false);
    splitter_->setHandleWidth(1);
    splitter_->addWidget(list_);
    splitter_->addWidget(detail_);
    splitter_->setSizes({420, 580});
    empty_ = new EmptyState({}, {}, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter_);
    column->addWidget(empty_);
    column->addWidget(new FoldedNote(watch_.session(), FoldedNote::Of::findings, this));

    connect(&watch_, &FindingsWatch::changed, this, &FindingsPanel::findingsChanged);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, &FindingsPanel::showChosen);
    connect(list_, &QListView::activated, this, &FindingsPanel::go);
    connect(list_, &QListView::doubleClicked, this, &FindingsPanel::go);
    connect(detail_, &FindingDetail::goWanted, this, [this] { go(list_->currentIndex()); });
    connect(detail_, &FindingDetail::lineWanted, this, [this] {
        go(list_->currentIndex());
        emit sourceWanted();
    });
    connect(detail_, &FindingDetail::muteWanted, this, &FindingsPanel::muteChosen);
    connect(detail_, &FindingDetail::walkWanted, this, &FindingsPanel::walk);
    connect(detail_, &FindingDetail::taskWanted, this, [this](TaskIndex task) { view_.setSelectedTask(task); });
    findingsChanged();
}

void FindingsPanel::buildBar() {
    bar_ = new QWidget(this);
    auto* line = new QHBoxLayout(bar_);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    text_ = new FilterField(view_, "findings", tr("Filter findings"), tr("Filter findings by text"), bar_);
    muted_ = new QToolButton(bar_);
    muted_->setProperty("class", "framed");
    muted_->setCheckable(true);
    muted_->setToolTip(tr("Show those that were muted, too"));
    line->addWidget(text_);
    line->addWidget(muted_);
    connect(text_, &QLineEdit::textChanged, this, [this](const QString& text) {
        model_.setFilter(text);
        findingsChanged();
    });
    connect(muted_, &QToolButton::toggled, this, [this](bool on) {
        model_.setMutedShown(on);
        findingsChanged();
    });
}

QString FindingsPanel::about() {
    return tr(
        "What looks wrong in this program, found in its events: a blocked loop, a deadlock, tasks that leak, "
        "cancellations that are swallowed, and more. Choose one to see why it matters and what to do; Enter goes "
        "to its moment, Delete mutes it for good.");
}

void FindingsPanel::setPanelStyle(const PanelStyle& style) {
    delegate_->setPanelStyle(style);
    list_->viewport()->update();
    showChosen();
}

std::vector<EventIndex> FindingsPanel::events() const {
    std::vector<EventIndex> all;
    for (const ShownFinding& finding : watch_.findings())
        if (!watch_.isMuted(finding))
            all.insert(all.end(), finding.finding.events.begin(), finding.finding.events.end());
    std::ranges::sort(all);
    const auto twice = std::ranges::unique(all);
    all.erase(twice.begin(), twice.end());
    return all;
}

void FindingsPanel::findingsChanged() {
    const bool empty = model_.rowCount() == 0;
    if (model_.count() > 0 || (model_.mutedShown() && model_.mutedCount() > 0))
        empty_->setText(tr("No finding fits the filter"), {});
    else if (watch_.progress() < 1)
        empty_->setText(tr("Looking... %1 %").arg(static_cast<int>(watch_.progress() * 100)),
                        tr("Nothing has been found so far."));
    else
        empty_->setText(model_.mutedCount() > 0 ? tr("Nothing but what you muted") : tr("Nothing found"),
                        tr("Looked for: %1.").arg(lookedFor()));
    empty_->setVisible(empty);
    splitter_->setVisible(!empty);
    muted_->setText(tr("Muted (%1)").arg(model_.mutedCount()));
    muted_->setVisible(model_.mutedCount() > 0);
    if (!empty && !list_->currentIndex().isValid()) list_->setCurrentIndex(model_.index(0));
    showChosen();
    if (std::vector<EventIndex> now = events(); now != last_events_) {
        last_events_ = std::move(now);
        emit eventsChanged();
    }
    if (std::exchange(last_count_, model_.count()) != model_.count()) emit countChanged(model_.count());
}

const ShownFinding* FindingsPanel::chosen() const {
    return model_.at(list_->currentIndex().row());
}

void FindingsPanel::showChosen() {
    const ShownFinding* finding = chosen();
    if (!finding) return;
    const EventIndex event = occurrenceOf(*finding);
    FindingDetail::Occurrence occurrence{numberOf(*finding, event), watch_.session().trace()->time_at(event)};
    detail_->tell(*finding, occurrence, watch_.isMuted(*finding), delegate_->style());
}

EventIndex FindingsPanel::occurrenceOf(const ShownFinding& finding) const {
    return finding.key == walked_in_ && numberOf(finding, walked_to_) ? walked_to_ : finding.finding.event;
}

void FindingsPanel::walk(int occurrences) {
    const ShownFinding* finding = chosen();
    if (!finding || finding->finding.events.empty()) return;
    const std::vector<EventIndex>& events = finding->finding.events;
    const auto last = static_cast<std::ptrdiff_t>(events.size()) - 1;
    const auto now = numberOf(*finding, occurrenceOf(*finding));
    const std::ptrdiff_t to = now ? static_cast<std::ptrdiff_t>(*now) + occurrences : last;
    walked_to_ = events[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to, 0, last))];
    walked_in_ = finding->key;
    go(list_->currentIndex());
    showChosen();
}

void FindingsPanel::go(const QModelIndex& index) {
    const ShownFinding* finding = model_.at(index.row());
    if (!finding) return;
    Finding occurrence = finding->finding;
    occurrence.event = occurrenceOf(*finding);
    TaskIndex task = no_task;
    EventIndex moment = no_event;
    {
        const auto trace = watch_.session().trace();
        task = task_to_look_at(occurrence, *trace);
        moment = momentOf(*trace, occurrence, task);
    }
    if (task != no_task) view_.setSelectedTask(task);
    view_.setCursor(moment);
}

void FindingsPanel::goTo(const QString& key) {
    if (model_.rowOf(key) < 0 && !text_->text().isEmpty()) text_->clear();
    const QModelIndex index = model_.index(model_.rowOf(key));
    if (!index.isValid()) return;
    list_->setCurrentIndex(index);
    go(index);
}

void FindingsPanel::muteChosen() {
    if (const ShownFinding* finding = chosen()) watch_.setMuted(finding->key, !watch_.isMuted(*finding));
}

bool FindingsPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == list_ && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        muteChosen();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void FindingsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    splitter_->setOrientation(width() >= wide_enough ? Qt::Horizontal : Qt::Vertical);
}

}  // namespace awaitscope::ui
