// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/window/window_services.hpp"

class QLabel;
class QVBoxLayout;

namespace awaitscope::ui {

class CourseList;

/// What the window shows before anything is open: scenarios, running programs (kept fresh), recent recordings, and how
/// to instrument one's own program. It asks; the window does.
class WelcomePage : public QWidget {
    Q_OBJECT
  public:
    /// The services outlive the page.
    explicit WelcomePage(const WindowServices& services, QWidget* parent = nullptr);

    /// Asks for processes and recent files again.
    void refresh();

  signals:
    void scenarioChosen(QString name);
    void processChosen(int pid);
    void fileChosen(QString path);
    void openFileWanted();

  protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void buildScenarios(QVBoxLayout* column);
    void buildSide(QVBoxLayout* column);
    void layOutCards();
    void showProcesses();
    void showRecent();

    const WindowServices& services_;
    CourseList* course_ = nullptr;
    QLabel* mark_;
    QVBoxLayout* processes_ = nullptr;
    QVBoxLayout* recent_ = nullptr;
    QString shown_processes_;  ///< what the list was made from: it is rebuilt only on a change
    QString shown_recent_;
    QTimer fresh_;
};

}  // namespace awaitscope::ui
