// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QTimer>
#include <vector>

#include "ui/window/window_services.hpp"

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace awaitscope::ui {

/// The processes of this user that can be seen, kept fresh, to choose one from: those that share events; Pythons that
/// would once code is run in them, which is asked for and done from here; and what dead ones left, to be read. One that
/// cannot be attached to says why.
class AttachDialog : public QDialog {
    Q_OBJECT
  public:
    /// The services outlive the dialog.
    explicit AttachDialog(const WindowServices& services, QWidget* parent = nullptr);

    /// The process chosen once accepted; 0 before.
    int pid() const { return pid_; }
    void refresh();

  private:
    /// What fits the filter: what can be attached to, then what could be, then the dead.
    std::vector<ProcessEntry> list() const;
    void fill();
    void choose();
    void askToInject(int pid);
    void inject(int pid);
    /// `error` is empty: it shares its events now.
    void injected(int pid, const QString& error);
    QString hintOn(const ProcessEntry& entry) const;
    QString hintOnNone() const;
    const ProcessEntry* selected() const;
    void selectionMoved();

    const WindowServices& services_;
    std::vector<ProcessEntry> shown_;
    int pid_ = 0;
    int injecting_ = 0;   ///< the process code is being run in; 0: none
    int failed_pid_ = 0;  ///< where that failed last, with `failure_`
    QString failure_;
    QLineEdit* filter_;
    QTableWidget* table_;
    QLabel* hint_;
    QProgressBar* progress_;
    QPushButton* attach_;
    QTimer fresh_;
};

}  // namespace awaitscope::ui
