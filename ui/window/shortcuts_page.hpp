// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace awaitscope::ui {

/// Every key, by what it is for. What `?` shows.
class ShortcutsPage : public QDialog {
    Q_OBJECT
  public:
    explicit ShortcutsPage(QWidget* parent = nullptr);
};

}  // namespace awaitscope::ui
