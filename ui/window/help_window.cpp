// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/help_window.hpp"

#include <QDesktopServices>
#include <QDirIterator>
#include <QFile>
#include <QListWidget>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace awaitscope::ui {
namespace {

const QString folder = ":/manual/";

QString textOf(const QString& page) {
    QFile file(folder + page);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// A page's first heading.
QString titleOf(const QString& page) {
    for (const QString& line : textOf(page).split('\n'))
        if (line.startsWith("# ")) return line.mid(2).remove('`');
    return page;
}

}  // namespace

QStringList HelpWindow::pages() {
    QStringList found;
    for (QDirIterator it(folder, {"*.md"}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();)
        found << it.next().mid(folder.size());
    // What the window is comes first, then what comes with it, then the reference.
    const auto rank = [](const QString& page) { return page == "window.md" ? 0 : page.contains('/') ? 2 : 1; };
    std::ranges::sort(found, [&](const QString& a, const QString& b) {
        return std::pair(rank(a), a.compare("reference/README.md") != 0 ? a : QString()) <
               std::pair(rank(b), b.compare("reference/README.md") != 0 ? b : QString());
    });
    return found;
}

HelpWindow* HelpWindow::open(QWidget* parent) {
    auto* window = parent->findChild<HelpWindow*>();
    if (!window) window = new HelpWindow(parent);
    window->show();
    window->raise();
    window->activateWindow();
    return window;
}

HelpWindow::HelpWindow(QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Help"));
    resize(980, 720);
    list_ = new QListWidget(this);
    list_->setAccessibleName(tr("Pages of the manual"));
    list_->setMinimumWidth(200);
    text_ = new QTextBrowser(this);
    text_->setAccessibleName(tr("Page of the manual"));
    text_->setOpenLinks(false);
    text_->document()->setDocumentMargin(18);
    auto* split = new QSplitter(this);
    split->addWidget(list_);
    split->addWidget(text_);
    split->setStretchFactor(1, 1);
    split->setSizes({230, 750});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(split);
    for (const QString& page : pages()) {
        auto* item = new QListWidgetItem(titleOf(page), list_);
        item->setData(Qt::UserRole, page);
        item->setSizeHint({0, 28});
    }
    connect(list_, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (!item) return;
        text_->document()->setBaseUrl(QUrl(item->data(Qt::UserRole).toString()));
        text_->setMarkdown(textOf(item->data(Qt::UserRole).toString()));
    });
    connect(text_, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        const QUrl page = text_->document()->baseUrl().resolved(link);
        if (page.isRelative())
            showPage(page.path());
        else
            QDesktopServices::openUrl(page);
    });
    list_->setCurrentRow(0);
}

void HelpWindow::showPage(const QString& name) {
    for (int row = 0; row < list_->count(); ++row)
        if (list_->item(row)->data(Qt::UserRole) == name) list_->setCurrentRow(row);
}

}  // namespace awaitscope::ui
