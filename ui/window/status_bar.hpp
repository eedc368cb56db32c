// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QWidget>
#include <optional>

class QAction;
class QLabel;
class QProgressBar;
class QToolButton;

namespace awaitscope::ui {

/// The bar at the foot: whether the source lives, how much has come, what was lost, how fast.
class StatusBar : public QWidget {
    Q_OBJECT
  public:
    /// `stop_reading` is offered while a file is read.
    explicit StatusBar(QAction* stop_reading, QWidget* parent = nullptr);

    struct Figures {
        QString state;  ///< "live, paused"
        QColor state_color;
        bool virtual_clock = false;
        quint64 events = 0;
        quint64 lost = 0;
        quint64 tasks = 0;
        quint64 tasks_done = 0;
        quint64 ready = 0;
        double events_per_second = -1;  ///< below 0: not live
        std::optional<double> reading;  ///< how much of a file has been read, from 0 to 1, while it is
    };
    void show(const Figures& figures);
    /// What is told when nothing is open.
    void showIdle(const QString& text);

  private:
    QLabel* dot_;
    QProgressBar* progress_;
    QToolButton* stop_;
    QLabel* state_;
    QLabel* clock_;
    QLabel* events_;
    QLabel* lost_;
    QLabel* tasks_;
    QLabel* ready_;
    QLabel* rate_;
};

}  // namespace awaitscope::ui
