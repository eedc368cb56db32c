// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QScrollBar>

namespace awaitscope::ui {

/// A thin scroll bar without buttons, painted with two rectangles: a style's own takes as long as a dense row of
/// tracks.
class TrackScrollBar : public QScrollBar {
  public:
    static constexpr int thickness = 10;

    explicit TrackScrollBar(QWidget* parent);
    void setColors(const QColor& ground, const QColor& thumb);
    QSize sizeHint() const override { return {thickness, 40}; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QColor ground_;
    QColor thumb_;
};

}  // namespace awaitscope::ui
