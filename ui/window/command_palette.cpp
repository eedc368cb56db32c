// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/command_palette.hpp"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/window/theme.hpp"

namespace awaitscope::ui {
namespace {

constexpr int CommandRole = Qt::UserRole, KeysRole = Qt::UserRole + 1;

QString plain(QString text) {
    text.remove('&');
    if (text.endsWith("...")) text.chop(3);
    return text;
}

/// How well a name fits, 0 best: it begins so, one of its words does, it has that within, or all these letters in this
/// order ("sb" finds "Step back"), the closer together the better. -1: it does not fit.
qsizetype fitOf(const QString& name, const QString& filter) {
    if (name.startsWith(filter, Qt::CaseInsensitive)) return 0;
    if (name.contains(' ' + filter, Qt::CaseInsensitive)) return 1;
    if (name.contains(filter, Qt::CaseInsensitive)) return 2;
    qsizetype begin = -1, at = 0;
    for (const QChar letter : filter) {
        if (letter.isSpace()) continue;
        at = name.indexOf(letter, at, Qt::CaseInsensitive);
        if (at < 0) return -1;
        if (begin < 0) begin = at;
        ++at;
    }
    return 3 + at - begin;
}

/// What only this menu has, and the menus in it.
void addLeaves(std::vector<Command>& commands, QMenu& menu, const QString& title) {
    emit menu.aboutToShow();  // some are filled, or say what is chosen, only then
    for (QAction* action : menu.actions()) {
        const QString name = plain(action->text());
        if (QMenu* below = action->menu())
            addLeaves(commands, *below, name);
        else if (!action->isSeparator() &&
                 std::ranges::none_of(commands, [action](const Command& one) { return one.action == action; }))
            commands.push_back({title.isEmpty() ? name : CommandPalette::tr("%1: %2").arg(title, name), action});
    }
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

std::vector<Command> commandsOf(const QList<QAction*>& actions, const QList<QMenu*>& menus) {
    std::vector<Command> commands;
    for (QAction* action : actions) commands.push_back({plain(action->text()), action});
    for (QMenu* menu : menus) addLeaves(commands, *menu, plain(menu->title()));
    return commands;
}

CommandPalette* CommandPalette::open(QWidget* parent, std::vector<Command> commands) {
    auto* palette = new CommandPalette(parent, std::move(commands));
    const int width = std::min(560, parent->width() - 40);
    palette->setGeometry((parent->width() - width) / 2, 64, width, std::min(420, parent->height() - 100));
    palette->show();
    palette->raise();
    palette->filter_->setFocus();
    return palette;
}

CommandPalette::CommandPalette(QWidget* parent, std::vector<Command> commands)
    : QFrame(parent), commands_(std::move(commands)), filter_(new QLineEdit(this)), list_(new QListWidget(this)) {
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
    std::ranges::stable_sort(commands_, {}, &Command::name);
    connect(filter_, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(filter_, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(list_, &QListWidget::itemClicked, this, &CommandPalette::run);
    filter_->installEventFilter(this);
    fill({});
}

void CommandPalette::fill(const QString& filter) {
    list_->clear();
    std::vector<std::pair<qsizetype, std::size_t>> fitting;
    for (std::size_t i = 0; i < commands_.size(); ++i)
        if (const auto& [name, action] = commands_[i]; action && action->isEnabled())
            if (const qsizetype fit = fitOf(name, filter.trimmed()); fit >= 0) fitting.emplace_back(fit, i);
    std::ranges::sort(fitting);
    for (const auto& [fit, i] : fitting) {
        const auto& [name, action] = commands_[i];
        auto* item = new QListWidgetItem(name, list_);
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        item->setData(CommandRole, static_cast<int>(i));
        item->setData(KeysRole, keys);
        if (!keys.isEmpty()) item->setData(Qt::AccessibleTextRole, name + ", " + keys);
        item->setSizeHint({0, 28});
    }
    if (list_->count()) list_->setCurrentRow(0);
}

void CommandPalette::run() {
    const QListWidgetItem* item = list_->currentItem();
    if (!item) return;
    const QPointer<QAction> action = commands_[item->data(CommandRole).toUInt()].action;
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
