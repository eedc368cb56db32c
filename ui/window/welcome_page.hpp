// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <vector>

#include "ui/scenario/scenario_catalog.hpp"
#include "ui/window/window_services.hpp"

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace awaitscope::ui {

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
    std::vector<QWidget*> cards_;
    QWidget* card_area_ = nullptr;
    QGridLayout* card_grid_ = nullptr;
    int columns_ = 0;
    QLabel* mark_;
    QVBoxLayout* processes_ = nullptr;
    QVBoxLayout* recent_ = nullptr;
    QString shown_processes_;  ///< what the list was made from: it is rebuilt only on a change
    QString shown_recent_;
    QTimer fresh_;
};

}  // namespace awaitscope::ui
