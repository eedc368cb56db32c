// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/output_panel.hpp"

#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/model/format.hpp"
#include "ui/panels/empty_state.hpp"
#include "ui/panels/row_delegate.hpp"

namespace awaitscope::ui {

/// A line of output: its time, faint, and its text; the newest one is marked.
class OutputDelegate : public RowDelegate {
  public:
    using RowDelegate::RowDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const PanelStyle& style = panelStyle();
        painter->save();
        const bool newest = index.row() + 1 == index.model()->rowCount();
        if (newest) painter->fillRect(option.rect, style.selection);
        painter->setFont(style.mono);
        const QRect text = option.rect.adjusted(18, 0, -12, 0);
        const QString time = formatTime(index.data(OutputModel::TimeRole).toLongLong());
        const int room = painter->fontMetrics().horizontalAdvance("00.000 000 s") + 14;
        painter->setPen(style.textFaint);
        painter->drawText(text, Qt::AlignVCenter, time);
        painter->setPen(style.text);
        const QRect words = text.adjusted(room, 0, 0, 0);
        painter->drawText(words, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, 23}; }
};

OutputPanel::OutputPanel(TraceSession& session, ViewState& view, QWidget* parent)
    : QWidget(parent), view_(view), model_(session, view) {
    setObjectName("outputPanel");
    list_ = new QListView(this);
    delegate_ = new OutputDelegate(this);
    list_->setModel(&model_);
    list_->setItemDelegate(delegate_);
    list_->setUniformItemSizes(true);
    list_->setSelectionMode(QAbstractItemView::SingleSelection);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setAccessibleName(tr("Output up to the cursor"));
    empty_ = new EmptyState(tr("Nothing printed yet"),
                            tr("Lines appear here as the cursor passes the moment when they were "
                               "printed. What a Python program prints comes by itself; a C++ program says it through "
                               "awaitscope::output()."),
                            this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->addWidget(list_);
    column->addWidget(empty_);
    connect(list_, &QListView::clicked, this, &OutputPanel::go);
    connect(list_, &QListView::activated, this, &OutputPanel::go);
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model_, changed, this, &OutputPanel::rowsChanged);
    connect(&model_, &QAbstractItemModel::modelReset, this, &OutputPanel::rowsChanged);
    rowsChanged();
}

QString OutputPanel::about() {
    return tr(
        "What the program had printed by the cursor's moment. Click a line to go to the moment when it was printed.");
}

void OutputPanel::setPanelStyle(const PanelStyle& style) {
    delegate_->setPanelStyle(style);
    list_->viewport()->update();
}

void OutputPanel::rowsChanged() {
    const bool empty = model_.rowCount() == 0;
    empty_->setVisible(empty);
    list_->setVisible(!empty);
    layout()->setContentsMargins(0, empty ? 0 : 6, 0, 0);
    list_->viewport()->update();
    // Later: the view lays out new rows after this signal.
    QMetaObject::invokeMethod(list_, &QListView::scrollToBottom, Qt::QueuedConnection);
}

void OutputPanel::go(const QModelIndex& index) {
    const QVariant event = index.data(OutputModel::EventRole);
    const QVariant task = index.data(OutputModel::TaskRole);
    view_.setCursor(event.toULongLong());
    if (task.isValid() && task.toUInt() != no_task) view_.setSelectedTask(task.toUInt());
}

}  // namespace awaitscope::ui
