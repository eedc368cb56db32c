// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>

#include "ui/window/main_window.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::ui {

QImage grabWindow(MainWindow& window, QSize size) {
    window.resize(size);
    window.show();
    if (Workspace* workspace = window.workspace()) workspace->resetLayout();
    // Docks settle in a few rounds: each asks for its size once its neighbour has one.
    for (int round = 0; round < 4; ++round) QApplication::processEvents(QEventLoop::ExcludeUserInputEvents, 50);
    if (Workspace* workspace = window.workspace()) workspace->finish();
    QImage picture(size, QImage::Format_RGB32);
    window.render(&picture);
    return picture;
}

}  // namespace awaitscope::ui
