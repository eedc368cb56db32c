// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/marks_panel.hpp"

#include <QHeaderView>
#include <QKeyEvent>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/panels/empty_state.hpp"
#include "ui/panels/row_delegate.hpp"

namespace awaitscope::ui {

MarksPanel::MarksPanel(TraceSession& session, ViewState& view, QWidget* parent)
    : QWidget(parent), view_(view), model_(session, view) {
    setObjectName("marksPanel");
    table_ = new QTableView(this);
    delegate_ = new RowDelegate(this);
    table_->setModel(&model_);
    delegate_->setUp(*table_);
    table_->setAccessibleName(tr("Marks"));
    table_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->setColumnWidth(MarkTableModel::Time, 120);
    table_->setColumnWidth(MarkTableModel::Event, 200);
    table_->installEventFilter(this);
    empty_ = new EmptyState(tr("Nothing is marked"),
                            tr("M marks the moment of the cursor, and takes a note for it. [ and ] go from mark to "
                               "mark. Marks of recordings and scenarios are kept."),
                            this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(table_);
    column->addWidget(empty_);
    connect(table_, &QTableView::clicked, this, &MarksPanel::go);
    connect(table_, &QTableView::activated, this, &MarksPanel::go);
    connect(&model_, &QAbstractItemModel::modelReset, this, &MarksPanel::showRows);
    connect(&view_, &ViewState::cursorChanged, this, &MarksPanel::showRows);
    showRows();
}

QString MarksPanel::about() {
    return tr(
        "The moments that you have marked, with your notes. Return or a click goes there, F2 or a double click edits "
        "the note, Delete removes the mark. The marks of a recording or a scenario are there again when it is opened "
        "the next time.");
}

void MarksPanel::setPanelStyle(const PanelStyle& style) {
    delegate_->setPanelStyle(style);
    table_->viewport()->update();
}

void MarksPanel::showRows() {
    const bool empty = model_.rowCount() == 0;
    empty_->setVisible(empty);
    table_->setVisible(!empty);
    if (const int row = model_.rowOf(view_.cursor()); row >= 0 && table_->currentIndex().row() != row)
        table_->selectRow(row);
}

void MarksPanel::go(const QModelIndex& index) {
    const EventIndex event = model_.eventOf(index.row());
    if (event != no_event) view_.setCursor(event);
}

bool MarksPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        const EventIndex marked = model_.eventOf(table_->currentIndex().row());
        if (marked != no_event) view_.removeMark(marked);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace awaitscope::ui
