// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QMimeData;
class QWidget;

namespace awaitscope::ui {

/// What was dragged here.
struct DraggedFiles {
    QStringList files;    ///< the one written first in front: one, to be opened; two, to be compared; or more
    QStringList refused;  ///< what cannot be opened, and why: a sentence each
};
DraggedFiles draggedFiles(const QMimeData* data);

/// Asks for recordings to compare, the one written first in front; empty when the user thinks better of it.
QStringList chooseRecordings(QWidget* parent);

}  // namespace awaitscope::ui
