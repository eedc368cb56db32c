// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/panel_commands.hpp"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QMenu>
#include <QPainter>
#include <QPrintDialog>
#include <QPrinter>

#include "ui/panels/source_panel.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/panel_picture.hpp"
#include "ui/window/window_actions.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::ui {

PanelCommands::PanelCommands(WindowActions& actions, std::function<void(const QString&, bool)> tell, QObject* parent)
    : QObject(parent), actions_(actions), tell_(std::move(tell)) {
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        for (QWidget* widget = now; widget; widget = widget->parentWidget())
            if (auto* dock = qobject_cast<PanelDock*>(widget)) current_ = dock;
    });
    const std::pair<QAction*, void (PanelCommands::*)()> commands[] = {
        {actions.copyPicture, &PanelCommands::copyPicture},
        {actions.copyTable, &PanelCommands::copyTable},
        {actions.savePicture, &PanelCommands::savePicture},
        {actions.print, &PanelCommands::print}};
    for (const auto& [action, command] : commands)
        connect(action, &QAction::triggered, this, [this, command = command] {
            if (current()) (this->*command)();
        });
    connect(actions.openEditor, &QAction::triggered, this, [this] {
        if (workspace_) workspace_->source()->openInEditor();
    });
}

void PanelCommands::setWorkspace(Workspace* workspace) {
    workspace_ = workspace;
    current_ = nullptr;
    if (!workspace) return;
    connect(workspace->source(), &SourcePanel::told, this, tell_);
    for (SourceView* view : {workspace->source()->sourceView(), workspace->source()->besideView()})
        view->addAction(actions_.openEditor);
    for (PanelDock* dock : workspace->docks())
        connect(dock, &PanelDock::menuWanted, this, [this, dock](const QPoint& at) { showMenu(dock, at); });
}

void PanelCommands::showMenu(PanelDock* dock, const QPoint& at) {
    current_ = dock;
    auto* menu = new QMenu(dock->windowTitle(), dock);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // What the panel has of its own comes first.
    for (const QWidget* inner : dock->panel()->findChildren<QWidget*>())
        for (QAction* action : inner->actions())
            if (inner->isVisibleTo(dock->panel()) && !action->text().isEmpty()) menu->addAction(action);
    if (!menu->isEmpty()) menu->addSeparator();
    menu->addActions({actions_.copyTable, actions_.copyPicture, actions_.savePicture, actions_.print});
    menu->popup(at);
}

PanelDock* PanelCommands::current() const {
    if (!workspace_) return nullptr;
    if (current_ && current_->isShown() && workspace_->isAncestorOf(current_)) return current_;
    return workspace_->dock("timeline");
}

void PanelCommands::copyPicture() {
    QWidget& panel = *current()->panel();
    QPixmap picture(panel.size() * panel.devicePixelRatioF());
    picture.setDevicePixelRatio(panel.devicePixelRatioF());
    QPainter painter(&picture);
    paintPanel(painter, panel);
    painter.end();
    QApplication::clipboard()->setPixmap(picture);
    tell_(tr("The picture of \"%1\" is on the clipboard.").arg(current()->windowTitle()), false);
}

void PanelCommands::copyTable() {
    const QString text = tableText(*current()->panel());
    if (text.isEmpty()) {
        tell_(tr("\"%1\" shows nothing that could be copied as a table.").arg(current()->windowTitle()), true);
        return;
    }
    QApplication::clipboard()->setText(text);
    tell_(tr("%1 lines of \"%2\" are on the clipboard.").arg(text.count('\n')).arg(current()->windowTitle()), false);
}

void PanelCommands::savePicture() {
    QWidget& panel = *current()->panel();
    const QString path = QFileDialog::getSaveFileName(workspace_, tr("Save the picture"),
                                                      current()->windowTitle() + ".png", tr("Pictures (*.png)"));
    if (path.isEmpty()) return;
    QImage picture(panel.size(), QImage::Format_RGB32);
    QPainter painter(&picture);
    paintPanel(painter, panel);
    painter.end();
    if (!picture.save(path)) tell_(tr("%1 cannot be written; choose another name.").arg(path), true);
}

void PanelCommands::print() {
    QPrinter printer(QPrinter::HighResolution);
    printer.setPageOrientation(QPageLayout::Landscape);
    QPrintDialog dialog(&printer, workspace_);
    if (dialog.exec() == QDialog::Accepted) printPanel(printer, *current()->panel());
}

}  // namespace awaitscope::ui
