// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_side.hpp"

#include <QFile>
#include <QLabel>
#include <QRegularExpression>
#include <QVBoxLayout>

#include "ui/panels/label.hpp"

namespace awaitscope::ui {

CodeLanguage languageOf(const QString& path) {
    static const QRegularExpression javascript(R"(\.[cm]?[jt]s$)");
    if (path.endsWith(".py")) return CodeLanguage::python;
    return path.contains(javascript) ? CodeLanguage::javascript : CodeLanguage::cpp;
}

QString nameOf(CodeLanguage language) {
    switch (language) {
        case CodeLanguage::python:
            return "Python";
        case CodeLanguage::javascript:
            return "JavaScript";
        case CodeLanguage::cpp:
            break;
    }
    return "C++";
}

QString readSource(const QString& path) {
    QFile file(path);
    constexpr qint64 sane_size = 4 << 20;
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(sane_size)) : QString();
}

SourceSide::SourceSide(QWidget* parent) : QWidget(parent) {
    title_ = label({}, "soft", this);
    title_->setContentsMargins(12, 4, 12, 4);
    title_->setWordWrap(false);
    title_->hide();
    view_ = new SourceView(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(title_);
    column->addWidget(view_, 1);
}

void SourceSide::showFile(const QString& path, const QString& name) {
    if (path == path_) return;
    path_ = path;
    name_ = name;
    title_->setText(name);
    view_->setCode(readSource(path), languageOf(path));
    view_->setToolTip(path.startsWith(':') ? name : path);
}

void SourceSide::clear() {
    path_.clear();
    view_->setMarks({});
}

void SourceSide::setTitled(bool titled) {
    title_->setVisible(titled);
}

}  // namespace awaitscope::ui
