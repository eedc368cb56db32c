// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/row_delegate.hpp"

#include <QHeaderView>
#include <QPainter>
#include <QStyleOptionHeader>
#include <QTableView>
#include <algorithm>

namespace awaitscope::ui {
namespace {

constexpr int side = 8;
constexpr int dot_size = 8;

/// A header whose arrow stands beside the word, not over it.
class SortHeader : public QHeaderView {
  public:
    explicit SortHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) { setSectionsClickable(true); }

  protected:
    void initStyleOptionForIndex(QStyleOptionHeader* option, int section) const override {
        QHeaderView::initStyleOptionForIndex(option, section);
        option->sortIndicator = QStyleOptionHeader::None;
        // Qt knows nothing of the style sheet's margins, and would cut a letter in two.
        option->text =
            QFontMetrics(bold()).elidedText(option->text, Qt::ElideRight, sectionSize(section) - 2 * side + 2);
    }
    void paintSection(QPainter* painter, const QRect& rect, int section) const override {
        painter->save();
        QHeaderView::paintSection(painter, rect, section);
        painter->restore();
        if (!isSortIndicatorShown() || sortIndicatorSection() != section) return;
        QStyleOptionHeaderV2 option;
        initStyleOption(&option);
        initStyleOptionForIndex(&option, section);
        const int word = QFontMetrics(bold()).horizontalAdvance(option.text);
        constexpr int away = 8;  // its middle from the word's end
        const bool right = option.textAlignment & Qt::AlignRight;
        const double x = right ? std::max(rect.right() - side - word - away, rect.left() + 4)
                               : std::min(rect.left() + side + word + away, rect.right() - 4);
        const double y = rect.center().y() + 0.5, up = sortIndicatorOrder() == Qt::AscendingOrder ? 1 : -1;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(palette().color(QPalette::WindowText));
        painter->drawPolygon(QPolygonF({{x - 3.5, y + 2 * up}, {x + 3.5, y + 2 * up}, {x, y - 2.5 * up}}));
        painter->restore();
    }

  private:
    QFont bold() const {
        QFont made = font();
        made.setWeight(QFont::DemiBold);
        return made;
    }
};

}  // namespace

RowDelegate::RowDelegate(QObject* parent) : QStyledItemDelegate(parent) {}

void RowDelegate::setUp(QTableView& table, int height) {
    table.setItemDelegate(this);
    table.setHorizontalHeader(new SortHeader(&table));
    table.setShowGrid(false);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(height);
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.horizontalHeader()->setHighlightSections(false);
}

void RowDelegate::setWidths(QTableView& table, std::span<const std::pair<int, int>> widths) {
    QHeaderView* head = table.horizontalHeader();
    head->ensurePolished();
    for (const auto& [column, width] : widths) {
        const QString heading = table.model()->headerData(column, Qt::Horizontal).toString();
        table.setColumnWidth(column, std::max(width, head->fontMetrics().horizontalAdvance(heading) + 2 * side + 2));
    }
}

QColor RowDelegate::dotOf(const QModelIndex&) const {
    return {};
}

QColor RowDelegate::textColorOf(const QModelIndex&) const {
    return style_.text;
}

Qt::TextElideMode RowDelegate::elideOf(const QModelIndex&) const {
    return Qt::ElideRight;
}

QString RowDelegate::textIn(const QModelIndex& index, const QFontMetrics& metrics, int width) const {
    return metrics.elidedText(index.data().toString(), elideOf(index), width);
}

QFont RowDelegate::fontOf(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return option.font;
}

int RowDelegate::widthWithDot(const QString& text, const QFontMetrics& metrics) {
    return metrics.horizontalAdvance(text) + 2 * side + dot_size + 7 + 2;
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QFontMetrics metrics(fontOf(option, index));
    const int dot = dotOf(index).isValid() ? dot_size + 7 : 0;
    return {metrics.horizontalAdvance(index.data().toString()) + 2 * side + dot + 2, row_height};
}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, style_.selection);
    painter->setPen(style_.line);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    QRect text = option.rect.adjusted(side, 0, -side, -1);
    if (const QColor dot = dotOf(index); dot.isValid()) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(dot);
        painter->drawEllipse(QRectF(text.left(), text.center().y() - dot_size / 2.0 + 0.5, dot_size, dot_size));
        text.setLeft(text.left() + dot_size + 7);
    }
    painter->setFont(fontOf(option, index));
    painter->setPen(textColorOf(index));
    const QVariant wanted = index.data(Qt::TextAlignmentRole);
    const auto alignment = wanted.isValid() ? Qt::Alignment(wanted.toInt()) : Qt::AlignLeft;
    painter->drawText(text, static_cast<int>((alignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter),
                      textIn(index, painter->fontMetrics(), text.width()));
    painter->restore();
}

}  // namespace awaitscope::ui
