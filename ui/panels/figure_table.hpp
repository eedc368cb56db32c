// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

#include "ui/panels/panel_style.hpp"

namespace awaitscope::ui {

/// A few lines of figures between thin rules: the first column stands left, the others right. Painted, since the lines
/// change with every step. Where lines can be clicked, the arrow keys choose one and Return clicks it.
class FigureTable : public QWidget {
    Q_OBJECT
  public:
    struct Row {
        QStringList cells;
        QColor dot;     ///< a dot before the first cell; invalid: none
        int link = -1;  ///< >= 0: can be clicked, and is given to linkClicked
        friend bool operator==(const Row&, const Row&) = default;
    };
    explicit FigureTable(QWidget* parent = nullptr);

    void setPanelStyle(const PanelStyle& style);
    /// Words over the columns; empty: none.
    void setHeader(const QStringList& header);
    void setRows(std::vector<Row> rows);
    /// The column that is left out where otherwise first cells were cut; -1, the default: none.
    void setExpendable(int column) { expendable_ = column; }
    const std::vector<Row>& rows() const { return rows_; }
    /// The columns after the first stand left, not right: words, no figures.
    void setWords(bool words) { words_ = words; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {80, sizeHint().height()}; }

  signals:
    void linkClicked(int link);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

  private:
    const Row* rowAt(int y) const;
    std::vector<int> columnWidths() const;
    bool isCrowded(const std::vector<int>& widths, int first_left) const;
    int linkFrom(int row, int by) const;

    QStringList header_;
    std::vector<Row> rows_;
    PanelStyle style_;
    bool words_ = false;
    int expendable_ = -1;
    int current_ = -1;  ///< the row that Return clicks; -1: none
};

}  // namespace awaitscope::ui
