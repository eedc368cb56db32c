// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/figure_table.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace awaitscope::ui {
namespace {

constexpr int row_height = 28;
constexpr int side = 6;
constexpr int gap = 14;
constexpr int dot_size = 8;

}  // namespace

FigureTable::FigureTable(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMouseTracking(true);
}

void FigureTable::setPanelStyle(const PanelStyle& style) {
    style_ = style;
    update();
}

void FigureTable::setHeader(const QStringList& header) {
    header_ = header;
    updateGeometry();
}

void FigureTable::setRows(std::vector<Row> rows) {
    if (rows == rows_) return;
    const bool resized = rows.size() != rows_.size();
    rows_ = std::move(rows);
    QStringList text;
    for (const Row& row : rows_) text << row.cells.join(' ');
    setAccessibleDescription(text.join(", "));
    const bool links = std::ranges::any_of(rows_, [](const Row& row) { return row.link >= 0; });
    setFocusPolicy(links ? Qt::StrongFocus : Qt::NoFocus);
    if (current_ >= static_cast<int>(rows_.size()) || current_ < 0 ||
        rows_[static_cast<std::size_t>(current_)].link < 0)
        current_ = linkFrom(-1, 1);
    if (resized) updateGeometry();
    update();
}

QSize FigureTable::sizeHint() const {
    return {220, static_cast<int>(rows_.size() + (header_.isEmpty() ? 0 : 1)) * row_height};
}

std::vector<int> FigureTable::columnWidths() const {
    std::vector<int> widths;
    const auto widen = [&](const QStringList& cells) {
        for (qsizetype i = 0; i < cells.size(); ++i) {
            if (widths.size() <= static_cast<std::size_t>(i)) widths.push_back(0);
            widths[static_cast<std::size_t>(i)] =
                std::max(widths[static_cast<std::size_t>(i)], fontMetrics().horizontalAdvance(cells[i]) + 1);
        }
    };
    widen(header_);
    for (const Row& row : rows_) widen(row.cells);
    return widths;
}

/// Whether first cells would have to be cut.
bool FigureTable::isCrowded(const std::vector<int>& widths, int first_left) const {
    int needed = first_left + side;
    for (const int wide : widths) needed += wide + gap;
    return needed - gap > width();
}

void FigureTable::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto widths = columnWidths();
    const bool dots = std::ranges::any_of(rows_, [](const Row& row) { return row.dot.isValid(); });
    const int first_left = side + (dots ? dot_size + 8 : 0);
    const int left_out = isCrowded(widths, first_left) ? expendable_ : -1;
    const auto line = [&](int top, const QStringList& cells, bool head, const QColor& dot, bool link) {
        if (dot.isValid()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(dot);
            painter.drawEllipse(QRectF(side, top + (row_height - dot_size) / 2.0, dot_size, dot_size));
        }
        int right = width() - side;
        for (auto i = cells.size() - 1; i >= 0; --i) {
            if (i == left_out) continue;
            const int wide = widths[static_cast<std::size_t>(i)];
            painter.setPen(head                       ? style_.textSoft
                           : i == 0 && !words_        ? style_.text
                           : link && words_ && i == 1 ? style_.accent
                                                      : style_.text);
            if (words_ && i > 0) {
                // Words begin where the widest first cell ends.
                const int left = first_left + std::max(widths[0], 84) + gap;
                painter.drawText(QRect(left, top, width() - left - side, row_height), Qt::AlignVCenter,
                                 fontMetrics().elidedText(cells[i], Qt::ElideRight, width() - left - side));
            } else if (i == 0) {
                if (words_) painter.setPen(style_.textSoft);
                const int room = words_ ? widths[0] : right - first_left;
                painter.drawText(QRect(first_left, top, room, row_height), Qt::AlignVCenter,
                                 fontMetrics().elidedText(cells[i], link ? Qt::ElideMiddle : Qt::ElideRight, room));
            } else {
                painter.drawText(QRect(right - wide, top, wide, row_height), Qt::AlignVCenter | Qt::AlignRight,
                                 cells[i]);
                right -= wide + gap;
            }
        }
        painter.setPen(style_.line);
        painter.drawLine(0, top + row_height - 1, width(), top + row_height - 1);
    };
    int top = 0;
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (!header_.isEmpty()) {
        line(top, header_, true, {}, false);
        top += row_height;
    }
    for (std::size_t i = 0; i < rows_.size(); ++i, top += row_height) {
        const Row& row = rows_[i];
        if (hasFocus() && static_cast<int>(i) == current_)
            painter.fillRect(QRect(0, top, width(), row_height - 1), style_.selection);
        painter.setRenderHint(QPainter::Antialiasing, row.dot.isValid());
        line(top, row.cells, false, row.dot, row.link >= 0);
    }
}

const FigureTable::Row* FigureTable::rowAt(int y) const {
    const int index = y / row_height - (header_.isEmpty() ? 0 : 1);
    return index >= 0 && index < static_cast<int>(rows_.size()) ? &rows_[static_cast<std::size_t>(index)] : nullptr;
}

/// The next row that can be clicked, on or back from a row; -1: there is none.
int FigureTable::linkFrom(int row, int by) const {
    for (row += by; row >= 0 && row < static_cast<int>(rows_.size()); row += by)
        if (rows_[static_cast<std::size_t>(row)].link >= 0) return row;
    return -1;
}

bool FigureTable::event(QEvent* event) {
    // The window may have other plans with these keys.
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void FigureTable::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Up || key == Qt::Key_Down) {
        const int next = linkFrom(current_, key == Qt::Key_Up ? -1 : 1);
        if (next >= 0) current_ = next;
        update();
    } else if ((key == Qt::Key_Return || key == Qt::Key_Enter) && current_ >= 0)
        emit linkClicked(rows_[static_cast<std::size_t>(current_)].link);
    else
        QWidget::keyPressEvent(event);
}

void FigureTable::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void FigureTable::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void FigureTable::mouseReleaseEvent(QMouseEvent* event) {
    const Row* row = rowAt(event->pos().y());
    if (event->button() == Qt::LeftButton && row && row->link >= 0) emit linkClicked(row->link);
}

void FigureTable::mouseMoveEvent(QMouseEvent* event) {
    const Row* row = rowAt(event->pos().y());
    setCursor(row && row->link >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

}  // namespace awaitscope::ui
