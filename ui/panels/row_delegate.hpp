// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <span>
#include <utility>

#include "ui/panels/panel_style.hpp"

class QTableView;

namespace awaitscope::ui {

/// Paints the rows of all tables and lists of the panels alike: a thin rule below, the selection as a band, a coloured
/// dot where dotOf() gives one, words that are not a value of their own in a fainter colour.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    explicit RowDelegate(QObject* parent = nullptr);

    void setPanelStyle(const PanelStyle& style) { style_ = style; }
    /// Makes `table` one of whole rows, so many pixels high, which this paints, and which Tab leaves.
    void setUp(QTableView& table, int height = row_height);
    /// Gives columns their widths, and more where their heading needs it: other languages say it at greater length.
    static void setWidths(QTableView& table, std::span<const std::pair<int, int>> widths);
    /// What a column needs for a text with its dot, in pixels.
    static int widthWithDot(const QString& text, const QFontMetrics& metrics);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    static constexpr int row_height = 28;

  protected:
    const PanelStyle& panelStyle() const { return style_; }
    /// A dot before the text; invalid: none.
    virtual QColor dotOf(const QModelIndex& index) const;
    virtual QColor textColorOf(const QModelIndex& index) const;
    /// Where a text that is too long is cut.
    virtual Qt::TextElideMode elideOf(const QModelIndex& index) const;
    /// What stands there, in so many pixels.
    virtual QString textIn(const QModelIndex& index, const QFontMetrics& metrics, int width) const;
    virtual QFont fontOf(const QStyleOptionViewItem& option, const QModelIndex& index) const;

  private:
    PanelStyle style_;
};

}  // namespace awaitscope::ui
