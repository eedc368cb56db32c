// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QTimer>
#include <vector>

#include "ui/window/window_services.hpp"

class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace awaitscope::ui {

/// The instrumented processes of this user, kept fresh, to choose one from. One that cannot be attached to says why.
class AttachDialog : public QDialog {
    Q_OBJECT
  public:
    /// The services outlive the dialog.
    explicit AttachDialog(const WindowServices& services, QWidget* parent = nullptr);

    /// The process chosen once accepted; 0 before.
    int pid() const { return pid_; }
    void refresh();

  private:
    void fill();
    void choose();
    const ProcessEntry* selected() const;
    void selectionMoved();

    const WindowServices& services_;
    std::vector<ProcessEntry> shown_;
    int pid_ = 0;
    QLineEdit* filter_;
    QTableWidget* table_;
    QLabel* hint_;
    QPushButton* attach_;
    QTimer fresh_;
};

}  // namespace awaitscope::ui
