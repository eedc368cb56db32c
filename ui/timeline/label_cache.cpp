// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/label_cache.hpp"

#include <cmath>

#include "ui/timeline/pixel_fill.hpp"

namespace awaitscope::ui {
namespace {

constexpr qsizetype words_most = 8192;
/// Round a word: letters lean out of their advance.
constexpr int margin = 2;

}  // namespace

void LabelCache::draw(QPainter& painter, const QString& text, double x, double middle, double width,
                      Qt::TextElideMode elide) {
    const auto pixels = vector_ ? std::nullopt : PixelFill::on(painter);
    if (pixels && pixels->scale() != ratio_) {
        words_.clear();
        ratio_ = pixels->scale();
    }
    Word& word = wordOf(text, static_cast<int>(width), elide);
    if (word.text.isEmpty()) return;
    // Baselines on whole pixels: text of neighbouring rows looks the same.
    const double left = std::round(x), baseline = std::round(middle + metrics_.capHeight() / 2.0);
    if (!pixels) {
        painter.setFont(font_);
        painter.drawText(QPointF(left, baseline), word.text);
        return;
    }
    if (word.alpha.isNull()) word.alpha = alphaOf(word.text, ratio_);
    pixels->mask(QPointF(left - margin, baseline - metrics_.ascent() - margin), word.alpha, painter.pen().color());
}

int LabelCache::width(const QString& text) {
    if (const auto found = widths_.constFind(text); found != widths_.constEnd()) return *found;
    if (widths_.size() > words_most) widths_.clear();
    return *widths_.insert(text, metrics_.horizontalAdvance(text));
}

LabelCache::Word& LabelCache::wordOf(const QString& text, int room, Qt::TextElideMode elide) {
    const int full = width(text);
    // Rooms differ from span to span: what fits whole is the same in all of them.
    const std::pair<QString, int> key{text, full <= room ? -1 : room / 4 * 4 + (elide == Qt::ElideMiddle ? 1 : 0)};
    if (const auto found = words_.find(key); found != words_.end()) return *found;
    if (words_.size() > words_most) words_.clear();
    Word word{full <= room ? text : metrics_.elidedText(text, elide, room / 4 * 4), {}};
    if (word.text.size() < 2 && text.size() > 1) word.text.clear();  // an ellipsis alone says nothing
    return *words_.insert(key, word);
}

QImage LabelCache::alphaOf(const QString& text, double ratio) const {
    const QSize size(metrics_.horizontalAdvance(text) + 2 * margin, metrics_.height() + 2 * margin);
    QImage image((QSizeF(size) * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setFont(font_);
    painter.setPen(Qt::white);
    painter.drawText(QPointF(margin, margin + metrics_.ascent()), text);
    painter.end();
    return image.convertToFormat(QImage::Format_Alpha8);
}

}  // namespace awaitscope::ui
