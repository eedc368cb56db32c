// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/timeline/timeline_style.hpp"

namespace awaitscope::ui {

/// The timeline's colours and patterns, for its title row.
class Legend : public QWidget {
    Q_OBJECT
  public:
    explicit Legend(QWidget* parent = nullptr);
    void setTimelineStyle(const TimelineStyle& style);
    QSize sizeHint() const override { return {560, 30}; }
    QSize minimumSizeHint() const override { return sizeHint(); }  // a part of it would tell a part of the colours

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    TimelineStyle style_;
};

}  // namespace awaitscope::ui
