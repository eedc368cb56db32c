// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace awaitscope::ui {

class WindowActions;

/// Every key and what the mouse does, by what it is for: made of the commands that have them. What `?` shows.
class ShortcutsPage : public QDialog {
    Q_OBJECT
  public:
    explicit ShortcutsPage(const WindowActions& actions, QWidget* parent = nullptr);

    /// A command's keys as they stand on the page, without a translation: "Ctrl Shift →".
    static QString caps(const QKeySequence& keys);
};

}  // namespace awaitscope::ui
