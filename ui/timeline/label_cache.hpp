// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QFontMetrics>
#include <QHash>
#include <QPainter>
#include <QStaticText>
#include <cmath>

namespace awaitscope::ui {

/// Words in one font, laid out once: painting a word again costs a fifth of laying it out.
class LabelCache {
  public:
    explicit LabelCache(const QFont& font) : font_(font), metrics_(font) {}

    /// Paints `text`, cut with an ellipsis to `width`, its left edge at x and centred around `middle`. The painter's
    /// pen is the colour; its font is set.
    void draw(QPainter& painter, const QString& text, double x, double middle, double width) {
        const int room = static_cast<int>(width);
        Laid& laid = laidOut(text, room);
        if (laid.text.isEmpty()) return;
        painter.setFont(font_);
        // Baselines on whole pixels: text of neighbouring rows looks the same.
        const double baseline = std::round(middle + (metrics_.capHeight()) / 2.0);
        if (vector_) {
            painter.drawText(QPointF(std::round(x), baseline), laid.text);
        } else {
            painter.drawStaticText(QPointF(std::round(x), baseline - metrics_.ascent()), laid.still);
        }
    }
    int width(const QString& text) { return metrics_.horizontalAdvance(text); }
    const QFontMetrics& metrics() const { return metrics_; }
    /// For pictures made of paths: text stays text.
    void setVector(bool vector) { vector_ = vector; }

  private:
    struct Laid {
        QString text;
        QStaticText still;
    };
    Laid& laidOut(const QString& text, int room) {
        const int full = width(text);
        // Rooms differ from span to span: what fits whole is the same in all of them.
        const std::pair<QString, int> key{text, full <= room ? -1 : room / 4};
        if (const auto found = laid_.find(key); found != laid_.end()) return *found;
        if (laid_.size() > 4096) laid_.clear();
        Laid laid{full <= room ? text : metrics_.elidedText(text, Qt::ElideRight, room / 4 * 4), {}};
        if (laid.text.size() < 2 && text.size() > 1) laid.text.clear();  // an ellipsis alone says nothing
        laid.still = QStaticText(laid.text);
        laid.still.setTextFormat(Qt::PlainText);
        laid.still.prepare({}, font_);
        return *laid_.insert(key, laid);
    }

    QFont font_;
    QFontMetrics metrics_;
    QHash<std::pair<QString, int>, Laid> laid_;
    bool vector_ = false;
};

}  // namespace awaitscope::ui
