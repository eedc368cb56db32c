// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story_text.hpp"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QWheelEvent>
#include <cmath>

#include "ui/scenario/glossary.hpp"

namespace awaitscope::ui {

StoryText::StoryText(QWidget* parent) : QTextBrowser(parent) {
    setObjectName("storyText");
    setFrameShape(NoFrame);
    setOpenLinks(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(0);
    setAccessibleName(tr("What happens here"));
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &StoryText::fitHeight);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) { emit wordChosen(link.path()); });
}

void StoryText::tell(const QString& html) {
    setHtml(html);
    Glossary::instance().linkWords(*document());
    // Tab stops only where there is something to choose.
    setFocusPolicy(html.isEmpty() || Glossary::instance().isEmpty() ? Qt::ClickFocus : Qt::StrongFocus);
    fitHeight();
}

void StoryText::changeEvent(QEvent* event) {
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fitHeight();
}

void StoryText::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

void StoryText::fitHeight() {
    const QMargins around = contentsMargins();
    setFixedHeight(static_cast<int>(std::ceil(document()->size().height())) + around.top() + around.bottom());
}

}  // namespace awaitscope::ui
