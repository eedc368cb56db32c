// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/command_palette.hpp"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/window/theme.hpp"

namespace awaitscope::ui {
namespace {

constexpr int ActionRole = Qt::UserRole, KeysRole = Qt::UserRole + 1;

QString nameOf(const QAction* action) {
    QString name = action->text();
    name.remove('&');
    if (name.endsWith("...")) name.chop(3);
    return name;
}

/// All letters of `filter` in this order, anywhere: "sb" finds "Step back".
bool fits(const QString& name, const QString& filter) {
    qsizetype at = 0;
    for (const QChar letter : filter) {
        if (letter.isSpace()) continue;
        at = name.indexOf(letter, at, Qt::CaseInsensitive);
        if (at < 0) return false;
        ++at;
    }
    return true;
}

/// A command's keys at the right end of its line.
class CommandDelegate : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        painter->save();
        painter->setPen(ThemeSwitch::instance().theme().color("text_soft"));
        painter->drawText(option.rect.adjusted(0, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data(KeysRole).toString());
        painter->restore();
    }
};

}  // namespace

CommandPalette* CommandPalette::open(QWidget* parent, const QList<QAction*>& actions) {
    auto* palette = new CommandPalette(parent, actions);
    const int width = std::min(560, parent->width() - 40);
    palette->setGeometry((parent->width() - width) / 2, 64, width, std::min(420, parent->height() - 100));
    palette->show();
    palette->raise();
    palette->filter_->setFocus();
    return palette;
}

CommandPalette::CommandPalette(QWidget* parent, const QList<QAction*>& actions)
    : QFrame(parent), actions_(actions), filter_(new QLineEdit(this)), list_(new QListWidget(this)) {
    setObjectName("palettePopup");
    setAttribute(Qt::WA_DeleteOnClose);
    filter_->setPlaceholderText(tr("Type a command"));
    filter_->setAccessibleName(tr("Command"));
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setAccessibleName(tr("Commands"));
    list_->setItemDelegate(new CommandDelegate(list_));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->addWidget(filter_);
    column->addWidget(list_, 1);
    actions_.removeIf(
        [](const QAction* action) { return action->isSeparator() || action->text().isEmpty() || action->menu(); });
    std::ranges::sort(actions_, [](const QAction* a, const QAction* b) { return nameOf(a) < nameOf(b); });
    connect(filter_, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(filter_, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(list_, &QListWidget::itemClicked, this, &CommandPalette::run);
    filter_->installEventFilter(this);
    fill({});
}

void CommandPalette::fill(const QString& filter) {
    list_->clear();
    for (qsizetype i = 0; i < actions_.size(); ++i) {
        const QAction* action = actions_[i];
        if (!action->isEnabled() || !fits(nameOf(action), filter)) continue;
        auto* item = new QListWidgetItem(nameOf(action), list_);
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        item->setData(ActionRole, static_cast<int>(i));
        item->setData(KeysRole, keys);
        if (!keys.isEmpty()) item->setData(Qt::AccessibleTextRole, nameOf(action) + ", " + keys);
        item->setSizeHint({0, 28});
    }
    if (list_->count()) list_->setCurrentRow(0);
}

void CommandPalette::run() {
    const QListWidgetItem* item = list_->currentItem();
    if (!item) return;
    const QPointer<QAction> action = actions_[item->data(ActionRole).toInt()];
    // Closed first: a command may open a dialog, or take the window away.
    QTimer::singleShot(0, parentWidget(), [action] {
        if (action) action->trigger();
    });
    close();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut) {
        close();
    } else if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const bool ours = key == Qt::Key_Escape || key == Qt::Key_Up || key == Qt::Key_Down;
        if (ours && event->type() == QEvent::ShortcutOverride) {
            event->accept();
            return true;
        }
        if (ours && key == Qt::Key_Escape)
            close();
        else if (ours)
            list_->setCurrentRow(
                std::clamp(list_->currentRow() + (key == Qt::Key_Up ? -1 : 1), 0, std::max(0, list_->count() - 1)));
        if (ours) return true;
    }
    return QFrame::eventFilter(watched, event);
}

}  // namespace awaitscope::ui
