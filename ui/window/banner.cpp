// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/banner.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

namespace awaitscope::ui {

Banner::Banner(QWidget* parent) : QFrame(parent), sign_(new QLabel(this)), text_(new QLabel(this)) {
    setObjectName("banner");
    sign_->setProperty("class", "strong");
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::PlainText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QToolButton(this);
    close->setText(QString::fromUtf8("✕"));
    close->setProperty("class", "quiet");
    close->setToolTip(tr("Dismiss"));
    close->setAccessibleName(tr("Dismiss"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(16, 7, 12, 7);
    line->setSpacing(10);
    line->addWidget(sign_, 0, Qt::AlignVCenter);
    line->addWidget(text_, 1);
    line->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, &Banner::clear);
    hide();
}

void Banner::tell(Kind kind, const QString& text) {
    setProperty("kind", kind == Kind::error ? "error" : "note");
    style()->unpolish(this);
    style()->polish(this);
    sign_->setText(kind == Kind::error ? tr("Error") : tr("Note"));
    text_->setText(text);
    setAccessibleName(text);
    show();
}

void Banner::clear() {
    text_->clear();
    hide();
}

QString Banner::text() const {
    return text_->text();
}

}  // namespace awaitscope::ui
