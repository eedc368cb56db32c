// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QFontMetrics>
#include <QHash>
#include <QImage>
#include <QPainter>

namespace awaitscope::ui {

/// Words in one font, each drawn once: where a painter paints on an image, a word that was drawn before is laid onto it
/// for a tenth of what drawing it again would cost.
class LabelCache {
  public:
    explicit LabelCache(const QFont& font) : font_(font), metrics_(font) {}

    /// Paints `text`, cut with an ellipsis to `width`, its left edge at x and centred around `middle`. The painter's
    /// pen is the colour; its font may be set. Names are cut in their middle: what tells them apart is often a number
    /// at the end.
    void draw(QPainter& painter, const QString& text, double x, double middle, double width,
              Qt::TextElideMode elide = Qt::ElideRight);
    int width(const QString& text);
    /// For pictures made of paths: text stays text.
    void setVector(bool vector) { vector_ = vector; }

  private:
    struct Word {
        QString text;
        QImage alpha;
    };
    Word& wordOf(const QString& text, int room, Qt::TextElideMode elide);
    QImage alphaOf(const QString& text, double ratio) const;

    QFont font_;
    QFontMetrics metrics_;
    QHash<std::pair<QString, int>, Word> words_;
    QHash<QString, int> widths_;
    double ratio_ = 0;  ///< pixels a unit, for which words_ have been drawn
    bool vector_ = false;
};

}  // namespace awaitscope::ui
