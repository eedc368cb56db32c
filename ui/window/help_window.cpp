// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/help_window.hpp"

#include <QAction>
#include <QDesktopServices>
#include <QDirIterator>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTextTable>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/scenario/scenario_catalog.hpp"
#include "ui/window/theme.hpp"

namespace awaitscope::ui {
namespace {

const QString folder = ":/manual/";

/// A page, in the language of the stories where it is there in it.
QString textOf(const QString& page) {
    const QString translated = QStringLiteral("%1%2.%3.md").arg(folder, page.chopped(3), storyLanguage());
    QFile file(QFile::exists(translated) ? translated : folder + page);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// A page's first heading.
QString titleOf(const QString& page) {
    for (const QString& line : textOf(page).split('\n'))
        if (line.startsWith("# ")) return line.mid(2).remove('`');
    return page;
}

/// Gives what was read from Markdown its air: headings stand off, tables have thin rules.
void layOut(QTextDocument& document) {
    const QColor line = ThemeSwitch::instance().theme().color("line_strong");
    for (QTextFrame* frame : document.rootFrame()->childFrames())
        if (auto* table = qobject_cast<QTextTable*>(frame)) {
            QTextTableFormat format = table->format();
            format.setBorderCollapse(true);
            format.setBorder(1);
            format.setBorderBrush(line);
            format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);  // else half of them are lit, and white
            format.setCellPadding(5);
            format.setTopMargin(8);
            format.setBottomMargin(12);
            table->setFormat(format);
        }
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        if (cursor.currentTable()) continue;
        QTextBlockFormat format = block.blockFormat();
        const bool heading = format.headingLevel() > 0;
        const bool code = format.hasProperty(QTextFormat::BlockCodeFence) || format.nonBreakableLines();
        // The first thing of the page needs none; a section's heading more than one of a part of it.
        const int above = block == document.begin() ? 0 : format.headingLevel() <= 2 ? 26 : 18;
        format.setTopMargin(heading ? above : code || block.textList() ? 1 : 5);
        format.setBottomMargin(code ? 1 : heading ? 7 : 5);
        cursor.setBlockFormat(format);
    }
}

}  // namespace

QStringList HelpWindow::pages() {
    static const QRegularExpression translation(R"(\.[a-z]{2}\.md$)");
    QStringList found;
    for (QDirIterator it(folder, {"*.md"}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();)
        if (const QString page = it.next().mid(folder.size()); !page.contains(translation)) found << page;
    // From what everybody needs to what few do; the reference stands between, by its names.
    static const QStringList simple{"window.md", "words.md",  "from-python.md",
                                    "python.md", "report.md", "reference/README.md"};
    static const QStringList special{"node.md", "asio.md", "c-abi.md", "recording-format.md", "threats.md"};
    const auto rank = [](const QString& page) {
        const qsizetype first = simple.indexOf(page), last = special.indexOf(page);
        return first >= 0 ? first : simple.size() + (last >= 0 ? last + 1 : 0);
    };
    std::ranges::sort(
        found, [&](const QString& a, const QString& b) { return std::pair(rank(a), a) < std::pair(rank(b), b); });
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
    text_ = new QTextBrowser(this);
    text_->setAccessibleName(tr("Page of the manual"));
    text_->setOpenLinks(false);
    text_->document()->setDocumentMargin(18);
    auto* split = new QSplitter(this);
    split->addWidget(buildSide());
    split->addWidget(text_);
    split->setStretchFactor(1, 1);
    split->setSizes({230, 750});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(split);
    connect(list_, &QListWidget::currentItemChanged, this, &HelpWindow::showCurrent);
    connect(text_, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        const QUrl page = text_->document()->baseUrl().resolved(link);
        if (page.isRelative())
            showPage(page.path());
        else
            QDesktopServices::openUrl(page);
    });
    connect(&ThemeSwitch::instance(), &ThemeSwitch::changed, this, &HelpWindow::showCurrent);
    list_->setCurrentRow(0);
    list_->setFocus();
}

QWidget* HelpWindow::buildSide() {
    auto* side = new QWidget(this);
    side->setMinimumWidth(200);
    search_ = new QLineEdit(side);
    search_->setPlaceholderText(tr("Search    /"));
    search_->setAccessibleName(tr("Search the manual"));
    search_->setClearButtonEnabled(true);
    found_ = new QLabel(side);
    found_->setProperty("class", "soft");
    found_->setContentsMargins(4, 0, 0, 0);
    found_->setWordWrap(true);
    found_->hide();
    list_ = new QListWidget(side);
    list_->setAccessibleName(tr("Pages of the manual"));
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(8, 8, 0, 0);
    column->addWidget(search_);
    column->addWidget(found_);
    column->addWidget(list_, 1);
    for (const QString& page : pages()) {
        auto* item = new QListWidgetItem(titleOf(page), list_);
        item->setData(Qt::UserRole, page);
        item->setSizeHint({0, 28});
    }
    auto* focus = new QAction(this);
    focus->setShortcuts({Qt::Key_Slash, Qt::CTRL | Qt::Key_F});
    addAction(focus);
    connect(focus, &QAction::triggered, search_, [this] {
        search_->setFocus();
        search_->selectAll();
    });
    connect(search_, &QLineEdit::textChanged, this, &HelpWindow::search);
    connect(search_, &QLineEdit::returnPressed, this, &HelpWindow::next);
    return side;
}

void HelpWindow::showCurrent() {
    const QListWidgetItem* item = list_->currentItem();
    if (!item) return;
    text_->document()->setBaseUrl(QUrl(item->data(Qt::UserRole).toString()));
    text_->setMarkdown(textOf(item->data(Qt::UserRole).toString()));
    layOut(*text_->document());
    text_->moveCursor(QTextCursor::Start);
    find(true);
}

bool HelpWindow::holds(const QString& page, const QString& text) {
    QString& words = words_[page];
    if (words.isEmpty()) {
        QTextDocument read;
        read.setMarkdown(textOf(page));
        words = read.toPlainText();
    }
    return words.contains(text, Qt::CaseInsensitive);
}

void HelpWindow::search() {
    const QString text = search_->text();
    int pages = 0;
    for (int row = 0; row < list_->count(); ++row) {
        QListWidgetItem* item = list_->item(row);
        item->setHidden(!text.isEmpty() && !holds(item->data(Qt::UserRole).toString(), text));
        pages += item->isHidden() ? 0 : 1;
    }
    found_->setVisible(!text.isEmpty());
    found_->setText(pages == 0   ? tr("Nothing in the manual holds this.")
                    : pages == 1 ? tr("On one page")
                                 : tr("On %1 pages").arg(pages));
    if (const QListWidgetItem* item = list_->currentItem(); item && !item->isHidden())
        find(true);
    else
        next();
}

bool HelpWindow::find(bool from_top) {
    if (from_top) text_->moveCursor(QTextCursor::Start);
    return !search_->text().isEmpty() && text_->find(search_->text());
}

void HelpWindow::next() {
    if (search_->text().isEmpty()) return;
    if (const QListWidgetItem* item = list_->currentItem(); item && !item->isHidden() && find(false)) return;
    // The next page that holds it, round the end; it begins at its first place.
    const int now = list_->currentRow();
    for (int step = 1; step <= list_->count(); ++step) {
        const int row = (now + step) % list_->count();
        if (list_->item(row)->isHidden()) continue;
        if (row == now)
            find(true);
        else
            list_->setCurrentRow(row);
        return;
    }
}

void HelpWindow::showWord(const QString& word) {
    search_->clear();
    showPage("words.md");
    const QRegularExpression whole(
        QStringLiteral("\\b%1\\b").arg(QRegularExpression::escape(word)),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    // The paragraph that begins with it, or else the one that explains it by the way.
    QTextBlock found;
    for (QTextBlock block = text_->document()->begin(); block.isValid(); block = block.next()) {
        if (block.text().section(':', 0, 0).contains(whole)) {
            found = block;
            break;
        }
        if (!found.isValid() && block.text().contains(whole)) found = block;
    }
    if (!found.isValid()) return;
    QTextCursor cursor(found);
    cursor.movePosition(QTextCursor::EndOfBlock);
    text_->setTextCursor(cursor);
    cursor.movePosition(QTextCursor::StartOfBlock, QTextCursor::KeepAnchor);
    text_->setTextCursor(cursor);  // marked, and in sight
    text_->setFocus();
}

void HelpWindow::showPage(const QString& name) {
    for (int row = 0; row < list_->count(); ++row)
        if (list_->item(row)->data(Qt::UserRole) == name) list_->setCurrentRow(row);
}

}  // namespace awaitscope::ui
