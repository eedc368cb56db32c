// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>

class QPainter;
class QPrinter;
class QWidget;

namespace awaitscope::ui {

class PanelDock;

// What leaves the window: a panel as a picture, on paper, or as the text of its table.

/// Takes a panel out of the window it stands in, as large as wanted, and lays it out: for pictures of one. It stays
/// the window's, and computes nothing anew (Workspace::finish()).
void standAlone(PanelDock& dock, QSize size);

/// Paints a panel as it stands on screen.
void paintPanel(QPainter& painter, QWidget& panel);

/// A panel's picture on one page, as large as it goes.
void printPanel(QPrinter& printer, QWidget& panel);

/// What the panel shows as lines with a tab between two columns, headers first: its item views' rows, only the selected
/// ones where more than one is, and what is Tabular. Where it has more than one table, each follows its name. At most
/// `table_rows_max` rows each. Empty when it shows nothing.
QString tableText(const QWidget& panel);
inline constexpr int table_rows_max = 100'000;

}  // namespace awaitscope::ui
