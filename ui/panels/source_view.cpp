// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_view.hpp"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "ui/model/plain_tip.hpp"

namespace awaitscope::ui {
namespace {

constexpr int foot_height = 22;
constexpr int sign_size = 6;

}  // namespace

/// A strip beside the text: a child, since QPlainTextEdit keeps room beside its viewport but paints nothing there.
class SourceView::Strip : public QWidget {
  public:
    Strip(SourceView* view, void (SourceView::*paint)(QPaintEvent*)) : QWidget(view), view_(view), paint_(paint) {}

  protected:
    void paintEvent(QPaintEvent* event) override { (view_->*paint_)(event); }

  private:
    SourceView* view_;
    void (SourceView::*paint_)(QPaintEvent*);
};

SourceView::SourceView(QWidget* parent)
    : QPlainTextEdit(parent),
      gutter_(new Strip(this, &SourceView::paintGutter)),
      foot_(new Strip(this, &SourceView::paintFoot)) {
    setObjectName("sourceView");
    setReadOnly(true);
    setLineWrapMode(NoWrap);
    setFrameShape(NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAccessibleName(tr("Source code"));
    document()->setDocumentMargin(6);
    connect(this, &QPlainTextEdit::updateRequest, gutter_, [this](const QRect& rect, int dy) {
        if (dy)
            gutter_->scroll(0, dy);
        else
            gutter_->update(0, rect.y(), gutter_->width(), rect.height());
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (!placing_) kept_ = isInSight(blockToSee());
    });
    // Code that is moved aside makes room for what stands behind it, or takes it.
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        placeStrips();
        foot_->update();
    });
    placeStrips();
}

void SourceView::setCode(const QString& text, CodeLanguage language) {
    delete highlighter_;
    highlighter_ = nullptr;
    marks_.clear();
    footed_ = false;
    setPlainText(text.endsWith('\n') ? text.chopped(1) : text);  // the end of the last line begins no other
    highlighter_ = new CodeHighlighter(document(), language);
    highlighter_->setPanelStyle(style_);
    placeStrips();
}

void SourceView::setPanelStyle(const PanelStyle& style) {
    style_ = style;
    setFont(style.mono);
    if (highlighter_) highlighter_->setPanelStyle(style);
    placeStrips();
    viewport()->update();
}

int SourceView::topLine() const {
    return verticalScrollBar()->value() + 1;
}

void SourceView::setTopLine(int line) {
    verticalScrollBar()->setValue(std::max(0, line - 1));
}

int SourceView::linesInSight() const {
    const double line = blockBoundingRect(document()->firstBlock()).height();
    return std::max(1, static_cast<int>(viewport()->height() / std::max(1.0, line)));
}

void SourceView::setMarks(std::vector<SourceMark> marks) {
    if (marks == marks_) return;
    marks_ = std::move(marks);
    QStringList words;
    for (const SourceMark& mark : marks_) words << tr("line %1: %2").arg(mark.line).arg(wordsOf(mark));
    setAccessibleDescription(words.join("; "));
    placeStrips();
    viewport()->update();
    gutter_->update();
    foot_->update();
    kept_ = true;
    keepInSight();
}

int SourceView::lineToSee() const {
    for (const auto which : {&SourceMark::told, &SourceMark::current})
        if (const auto found = std::ranges::find(marks_, true, which); found != marks_.end()) return found->line;
    return 0;
}

QTextBlock SourceView::blockToSee() const {
    const int line = lineToSee();
    return line > 0 ? document()->findBlockByNumber(line - 1) : QTextBlock();
}

bool SourceView::isInSight(const QTextBlock& block) const {
    if (!block.isValid()) return false;
    const QRectF at = blockBoundingGeometry(block).translated(contentOffset());
    return at.top() >= 0 && at.bottom() <= viewport()->height();
}

void SourceView::keepInSight() {
    const QTextBlock block = blockToSee();
    if (!kept_ || !block.isValid() || isInSight(block)) return;
    const QScopedValueRollback placing(placing_, true);
    // A third from the top: what comes next is of more use than what was before.
    setTopLine(block.blockNumber() + 1 - linesInSight() / 3);
}

const SourceMark* SourceView::markAt(int line) const {
    const auto found = std::ranges::find(marks_, line, &SourceMark::line);
    return found == marks_.end() ? nullptr : &*found;
}

int SourceView::chosenLine() const {
    if (hasFocus()) return textCursor().blockNumber() + 1;
    return std::max(lineToSee(), 1);
}

QString SourceView::table() const {
    QStringList lines;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        const auto mark = std::ranges::find(marks_, block.blockNumber() + 1, &SourceMark::line);
        QString code = block.text();
        lines << QStringList{QString::number(block.blockNumber() + 1), code.replace('\t', QLatin1String("    ")),
                             mark == marks_.end() ? QString() : wordsOf(*mark)}
                     .join('\t');
    }
    if (document()->isEmpty()) return {};
    return QStringList{tr("line"), tr("code"), tr("tasks")}.join('\t') + '\n' + lines.join('\n');
}

/// What is selected is copied by the text itself; without a selection the keys and the menu are the panel's.
bool SourceView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy) &&
        !textCursor().hasSelection()) {
        event->ignore();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void SourceView::contextMenuEvent(QContextMenuEvent* event) {
    if (textCursor().hasSelection()) {
        QPlainTextEdit::contextMenuEvent(event);
        return;
    }
    // The panel's menu is about the line that was pressed.
    if (event->reason() == QContextMenuEvent::Mouse) setTextCursor(cursorForPosition(event->pos()));
    setFocus();
    event->ignore();
}

int SourceView::gutterWidth() const {
    const int digits = std::max<int>(2, static_cast<int>(QString::number(blockCount()).size()));
    return fontMetrics().horizontalAdvance('9') * digits + 28;
}

void SourceView::placeStrips() {
    footed_ =
        footed_ || std::ranges::any_of(marks_, [this](const SourceMark& mark) { return tagOf(mark).text.isEmpty(); });
    const int foot = footed_ ? foot_height : 0;
    setViewportMargins(gutterWidth(), 0, 0, foot);
    // Above the scroll bar, where there is one.
    const QRect inside = contentsRect(), text = viewport()->geometry();
    gutter_->setGeometry(inside.left(), text.top(), gutterWidth(), text.height());
    foot_->setGeometry(inside.left(), text.bottom() + 1, inside.width(), foot);
    foot_->setVisible(footed_);
}

void SourceView::resizeEvent(QResizeEvent* event) {
    {
        // A text that has other room is moved by its scroll bar's limits.
        const QScopedValueRollback placing(placing_, true);
        QPlainTextEdit::resizeEvent(event);
        if (event->oldSize().width() != event->size().width()) footed_ = false;  // there is another width to fit into
        placeStrips();
    }
    keepInSight();
}

void SourceView::mouseDoubleClickEvent(QMouseEvent* event) {
    emit lineActivated(cursorForPosition(event->pos()).blockNumber() + 1);
}

bool SourceView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QPlainTextEdit::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const SourceMark* mark = markAt(cursorForPosition(help->pos()).blockNumber() + 1);
    QToolTip::showText(help->globalPos(), plainTip(mark ? wordsOf(*mark) : toolTip()), viewport());
    return true;
}

QFont SourceView::tagFont() const {
    QFont small = QWidget::font();
    small.setFamilies(parentWidget() ? parentWidget()->font().families() : small.families());
    small.setPixelSize(11);
    small.setBold(true);
    return small;
}

QString SourceView::wordsOf(const SourceMark& mark) {
    if (!mark.told) return mark.tag;
    const QString told = tr("the card speaks of this line");
    return mark.tag.isEmpty() ? told : mark.tag + QStringLiteral("; ") + told;
}

QColor SourceView::groundOf(const SourceMark& mark) const {
    if (!mark.caller) return mark.current ? style_.currentLine : style_.selection;
    QColor lighter = style_.currentLine;
    lighter.setAlphaF(lighter.alphaF() * 0.45F);
    return lighter;
}

SourceView::Tag SourceView::tagOf(const SourceMark& mark) const {
    const QTextBlock block = document()->findBlockByNumber(mark.line - 1);
    if (!block.isValid()) return {};
    const double end =
        contentOffset().x() + document()->documentMargin() + fontMetrics().horizontalAdvance(block.text());
    const QFontMetrics metrics(tagFont());
    const bool empty = mark.tag.isEmpty();
    for (const QString& text : {empty ? wordsOf(mark) : mark.tag, empty ? tr("the card's line") : mark.brief})
        if (end + 14 + metrics.horizontalAdvance(text) + 8 <= viewport()->width()) return {text, end + 14};
    return {};
}

QString SourceView::footText() const {
    if (!footed_) return {};
    QStringList words;
    for (const SourceMark& mark : marks_)
        if (tagOf(mark).text.isEmpty()) words << QStringLiteral("%1: %2").arg(mark.line).arg(wordsOf(mark));
    return words.join(QStringLiteral("  ·  "));
}

QRectF SourceView::rectOf(const QTextBlock& block) const {
    QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
    // Qt's last line has the document's margin below it.
    if (block == document()->lastBlock()) rect.setHeight(rect.height() - document()->documentMargin());
    return rect;
}

void SourceView::paintEvent(QPaintEvent* event) {
    const auto lineAt = [this](const SourceMark& mark) {
        const QTextBlock block = document()->findBlockByNumber(mark.line - 1);
        return block.isValid() ? rectOf(block) : QRectF();
    };
    {
        QPainter painter(viewport());
        for (const SourceMark& mark : marks_) {
            const QRectF at = lineAt(mark);
            if (at.isEmpty()) continue;
            const QRectF ground(0, at.top(), viewport()->width(), at.height());
            painter.fillRect(ground, groundOf(mark));
            if (!mark.told) continue;
            painter.fillRect(QRectF(ground.left(), ground.top(), ground.width(), 1), style_.accent);
            painter.fillRect(QRectF(ground.left(), ground.bottom() - 1, ground.width(), 1), style_.accent);
        }
    }
    QPlainTextEdit::paintEvent(event);
    QPainter painter(viewport());
    painter.setFont(tagFont());
    for (const SourceMark& mark : marks_) {
        const QRectF at = lineAt(mark);
        const Tag tag = tagOf(mark);
        if (at.isEmpty() || tag.text.isEmpty()) continue;
        painter.setPen(mark.current || mark.caller ? style_.cursor : style_.accent);
        painter.drawText(QRectF(tag.left, at.top(), viewport()->width() - tag.left, at.height()), Qt::AlignVCenter,
                         tag.text);
    }
}

void SourceView::paintGutter(QPaintEvent* event) {
    QPainter painter(gutter_);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(event->rect(), style_.sunken);
    painter.setFont(font());
    QTextBlock block = firstVisibleBlock();
    QRectF at = rectOf(block);
    while (block.isValid() && at.top() <= event->rect().bottom()) {
        const int line = block.blockNumber() + 1;
        const SourceMark* const mark = markAt(line);
        if (mark) {
            painter.fillRect(QRectF(0, at.top(), gutter_->width(), at.height()), groundOf(*mark));
            // Filled: the current task is here. Hollow: it is inside what is called here. A dot: others wait. A bar:
            // the card speaks of it.
            if (mark->told) painter.fillRect(QRectF(0, at.top(), 3, at.height()), style_.accent);
            const QPointF middle(4 + sign_size / 2.0, at.center().y());
            painter.setPen(mark->current || mark->caller ? style_.cursor : style_.accent);
            painter.setBrush(mark->current ? QBrush(style_.cursor) : mark->caller ? QBrush() : QBrush(style_.accent));
            if (mark->current || mark->caller)
                painter.drawPolygon(
                    QPolygonF({middle + QPointF(-2, -4), middle + QPointF(3, 0), middle + QPointF(-2, 4)}));
            else if (!mark->tag.isEmpty())
                painter.drawEllipse(middle, 2, 2);
        }
        painter.setPen(mark ? style_.textSoft : style_.textFaint);
        painter.drawText(QRectF(0, at.top(), gutter_->width() - 12, at.height()), Qt::AlignRight | Qt::AlignVCenter,
                         QString::number(line));
        block = block.next();
        at = rectOf(block);
    }
}

void SourceView::paintFoot(QPaintEvent* event) {
    QPainter painter(foot_);
    painter.fillRect(event->rect(), style_.sunken);
    painter.setPen(style_.line);
    painter.drawLine(foot_->rect().topLeft(), foot_->rect().topRight());
    painter.setFont(tagFont());
    painter.setPen(style_.cursor);
    const QRect room = foot_->rect().adjusted(10, 0, -8, 0);
    painter.drawText(room, Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(footText(), Qt::ElideRight, room.width()));
}

}  // namespace awaitscope::ui
