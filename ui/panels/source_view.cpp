// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_view.hpp"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <algorithm>

namespace awaitscope::ui {

/// The strip of line numbers: a child, since QPlainTextEdit keeps room beside its viewport but paints nothing there.
class SourceView::Gutter : public QWidget {
  public:
    explicit Gutter(SourceView* view) : QWidget(view), view_(view) {}

  protected:
    void paintEvent(QPaintEvent* event) override { view_->paintGutter(event); }

  private:
    SourceView* view_;
};

SourceView::SourceView(QWidget* parent) : QPlainTextEdit(parent), gutter_(new Gutter(this)) {
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
    placeGutter();
}

void SourceView::setCode(const QString& text, CodeLanguage language) {
    delete highlighter_;
    highlighter_ = nullptr;
    marks_.clear();
    setPlainText(text.endsWith('\n') ? text.chopped(1) : text);  // the end of the last line begins no other
    highlighter_ = new CodeHighlighter(document(), language);
    highlighter_->setPanelStyle(style_);
    placeGutter();
}

void SourceView::setPanelStyle(const PanelStyle& style) {
    style_ = style;
    setFont(style.mono);
    if (highlighter_) highlighter_->setPanelStyle(style);
    placeGutter();
    viewport()->update();
}

void SourceView::setMarks(std::vector<SourceMark> marks) {
    if (marks == marks_) return;
    marks_ = std::move(marks);
    viewport()->update();
    gutter_->update();
    const auto current = std::ranges::find(marks_, true, &SourceMark::current);
    if (current == marks_.end()) return;
    const QTextBlock block = document()->findBlockByNumber(current->line - 1);
    if (!block.isValid()) return;
    const QRectF at = blockBoundingGeometry(block).translated(contentOffset());
    if (at.top() >= 0 && at.bottom() <= viewport()->height()) return;
    // A third from the top: what comes next is of more use than what was before.
    const int lines = std::max(1, static_cast<int>(viewport()->height() / std::max(1.0, at.height())));
    verticalScrollBar()->setValue(std::max(0, current->line - 1 - lines / 3));
}

QString SourceView::table() const {
    QStringList lines;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        const auto mark = std::ranges::find(marks_, block.blockNumber() + 1, &SourceMark::line);
        QString code = block.text();
        lines << QStringList{QString::number(block.blockNumber() + 1), code.replace('\t', QLatin1String("    ")),
                             mark == marks_.end() ? QString() : mark->tag}
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
    if (textCursor().hasSelection())
        QPlainTextEdit::contextMenuEvent(event);
    else
        event->ignore();
}

int SourceView::gutterWidth() const {
    const int digits = std::max<int>(2, static_cast<int>(QString::number(blockCount()).size()));
    return fontMetrics().horizontalAdvance('9') * digits + 24;
}

void SourceView::placeGutter() {
    setViewportMargins(gutterWidth(), 0, 0, 0);
    const QRect inside = contentsRect();
    gutter_->setGeometry(inside.left(), inside.top(), gutterWidth(), inside.height());
}

void SourceView::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
}

void SourceView::mouseDoubleClickEvent(QMouseEvent* event) {
    emit lineActivated(cursorForPosition(event->pos()).blockNumber() + 1);
}

void SourceView::paintEvent(QPaintEvent* event) {
    {
        QPainter painter(viewport());
        for (const SourceMark& mark : marks_) {
            const QTextBlock block = document()->findBlockByNumber(mark.line - 1);
            if (!block.isValid()) continue;
            const QRectF at = blockBoundingGeometry(block).translated(contentOffset());
            painter.fillRect(QRectF(0, at.top(), viewport()->width(), at.height()),
                             mark.current ? style_.currentLine : style_.selection);
        }
    }
    QPlainTextEdit::paintEvent(event);
    QPainter painter(viewport());
    QFont small = QWidget::font();
    small.setFamilies(parentWidget() ? parentWidget()->font().families() : small.families());
    small.setPixelSize(11);
    small.setBold(true);
    painter.setFont(small);
    for (const SourceMark& mark : marks_) {
        const QTextBlock block = document()->findBlockByNumber(mark.line - 1);
        if (!block.isValid()) continue;
        const QRectF at = blockBoundingGeometry(block).translated(contentOffset());
        const double end =
            contentOffset().x() + document()->documentMargin() + fontMetrics().horizontalAdvance(block.text());
        const QFontMetrics metrics(small);
        QString tag = mark.tag;
        int width = metrics.horizontalAdvance(tag);
        // Beside the code; where that leaves no room, at the right edge on its own ground, and never over most of the
        // code.
        double left = end + 14;
        if (left + width + 8 > viewport()->width()) {
            const int room = viewport()->width() * 2 / 5;
            if (width > room) tag = metrics.elidedText(mark.brief, Qt::ElideRight, room);
            width = metrics.horizontalAdvance(tag);
            left = std::max(0, viewport()->width() - width - 10);
            painter.fillRect(QRectF(left - 8, at.top(), viewport()->width() - left + 8, at.height()),
                             mark.current ? style_.currentLine : style_.selection);
        }
        painter.setPen(mark.current ? style_.cursor : style_.accent);
        painter.drawText(QRectF(left, at.top(), width + 8, at.height()), Qt::AlignVCenter, tag);
    }
}

void SourceView::paintGutter(QPaintEvent* event) {
    QPainter painter(gutter_);
    painter.fillRect(event->rect(), style_.sunken);
    painter.setFont(font());
    QTextBlock block = firstVisibleBlock();
    QRectF at = blockBoundingGeometry(block).translated(contentOffset());
    while (block.isValid() && at.top() <= event->rect().bottom()) {
        const int line = block.blockNumber() + 1;
        const auto mark = std::ranges::find(marks_, line, &SourceMark::line);
        if (mark != marks_.end())
            painter.fillRect(QRectF(0, at.top(), gutter_->width(), at.height()),
                             mark->current ? style_.currentLine : style_.selection);
        painter.setPen(mark != marks_.end() ? style_.textSoft : style_.textFaint);
        painter.drawText(QRectF(0, at.top(), gutter_->width() - 12, at.height()), Qt::AlignRight | Qt::AlignVCenter,
                         QString::number(line));
        block = block.next();
        at = blockBoundingGeometry(block).translated(contentOffset());
    }
}

}  // namespace awaitscope::ui
