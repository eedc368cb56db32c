// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QMimeData;
class QWidget;

namespace awaitscope::ui {

/// The files of a drag, the one written first in front: one, to be opened, or two, to be compared. Empty for anything
/// else.
QStringList draggedFiles(const QMimeData* data);

/// Asks for recordings to compare, the one written first in front; empty when the user thinks better of it.
QStringList chooseRecordings(QWidget* parent);

}  // namespace awaitscope::ui
