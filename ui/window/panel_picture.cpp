// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/panel_picture.hpp"

#include <QApplication>
#include <QHeaderView>
#include <QPainter>
#include <QPrinter>
#include <QTableView>
#include <QTreeView>
#include <QWidget>
#include <algorithm>
#include <vector>

#include "ui/model/in_words.hpp"
#include "ui/window/panel_dock.hpp"

namespace awaitscope::ui {
namespace {

const QHeaderView* headerOf(const QAbstractItemView& view) {
    if (const auto* table = qobject_cast<const QTableView*>(&view)) return table->horizontalHeader();
    if (const auto* tree = qobject_cast<const QTreeView*>(&view)) return tree->header();
    return nullptr;
}

/// The columns on screen, from left to right.
std::vector<int> columnsOf(const QAbstractItemView& view) {
    std::vector<int> columns;
    const QHeaderView* header = headerOf(view);
    const int count = view.model()->columnCount(view.rootIndex());
    for (int i = 0; i < count; ++i) {
        const int column = header ? header->logicalIndex(i) : i;
        if (!header || !header->isSectionHidden(column)) columns.push_back(column);
    }
    return columns;
}

QString cell(const QVariant& value) {
    return value.toString().simplified();  // neither tabs nor line ends
}

/// Its headers and rows; only those selected where more than one is.
QString rowsText(const QAbstractItemView& view) {
    const QAbstractItemModel& model = *view.model();
    const std::vector<int> columns = columnsOf(view);
    QString text;
    const auto line = [&](auto value) {
        QStringList cells;
        for (const int column : columns) cells << cell(value(column));
        text += cells.join('\t') + '\n';
    };
    if (headerOf(view)) line([&](int column) { return model.headerData(column, Qt::Horizontal); });
    std::vector<int> rows;
    if (view.selectionModel())
        for (const QModelIndex& index : view.selectionModel()->selectedRows()) rows.push_back(index.row());
    std::ranges::sort(rows);
    if (rows.size() < 2) {
        rows.resize(static_cast<std::size_t>(std::min(model.rowCount(view.rootIndex()), table_rows_max)));
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<int>(i);
    }
    for (const int row : rows) line([&](int column) { return model.index(row, column, view.rootIndex()).data(); });
    return text;
}

/// The tables on screen in a widget, each with its name.
void collect(const QWidget& widget, std::vector<std::pair<QString, QString>>& found) {
    if (const auto* tabular = dynamic_cast<const Tabular*>(&widget)) {
        if (const QString table = tabular->table(); !table.isEmpty())
            found.emplace_back(widget.accessibleName(), table + '\n');
        return;
    }
    if (const auto* view = qobject_cast<const QAbstractItemView*>(&widget)) {
        if (view->model() && view->model()->columnCount(view->rootIndex()) > 0)
            found.emplace_back(view->accessibleName(), rowsText(*view));
        return;
    }
    for (const QObject* child : widget.children())
        if (const auto* inner = qobject_cast<const QWidget*>(child); inner && inner->isVisibleTo(&widget))
            collect(*inner, found);
}

}  // namespace

void standAlone(PanelDock& dock, QSize size) {
    // Floating, not in another parent's hands: a widget that changes its parent forgets the fonts and colours it was
    // given.
    dock.setAttribute(Qt::WA_DontShowOnScreen);
    dock.setFloating(true);
    dock.panel()->setFixedSize(size);
    dock.show();
    dock.adjustSize();
    // What lies in layouts settles in a few rounds.
    for (int round = 0; round < 4; ++round) QApplication::processEvents(QEventLoop::ExcludeUserInputEvents, 50);
}

void paintPanel(QPainter& painter, QWidget& panel) {
    painter.fillRect(panel.rect(), panel.palette().color(QPalette::Window));
    panel.render(&painter, {}, {}, QWidget::DrawChildren);
}

void printPanel(QPrinter& printer, QWidget& panel) {
    QPainter painter(&printer);
    const QRectF page = printer.pageRect(QPrinter::DevicePixel);
    const double scale = std::min(page.width() / panel.width(), page.height() / panel.height());
    painter.scale(scale, scale);
    // Any other widget that is given a printer paints itself into pixels first.
    if (auto* drawing = dynamic_cast<Drawing*>(&panel))
        drawing->paintOn(painter);
    else
        paintPanel(painter, panel);
}

QString tableText(const QWidget& panel) {
    std::vector<std::pair<QString, QString>> found;
    collect(panel, found);
    if (found.size() == 1) return found.front().second;
    QString text;
    for (const auto& [name, table] : found) text += (text.isEmpty() ? QString() : QString('\n')) + name + '\n' + table;
    return text;
}

}  // namespace awaitscope::ui
