// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPainter>
#include <QWidget>

#include "ui/panels/panel_style.hpp"

namespace awaitscope::ui {

/// Draws values from left to right over the whole width as steps with a light ground, `top` at the upper edge; a line
/// at `bound`, where that is above 0.
void paintSparkline(QPainter& painter, const QRectF& rect, const QList<double>& values, double top, double bound,
                    const QColor& color, const QColor& line);

/// The same as a widget of its own, with its greatest value at the left.
class Sparkline : public QWidget {
    Q_OBJECT
  public:
    explicit Sparkline(QWidget* parent = nullptr);
    void setPanelStyle(const PanelStyle& style);
    /// `bound`: 0: none.
    void setValues(const QList<double>& values, double bound);
    const QList<double>& values() const { return values_; }
    QSize sizeHint() const override { return {200, 56}; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    PanelStyle style_;
    QList<double> values_;
    double bound_ = 0;
};

}  // namespace awaitscope::ui
