// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>
#include <vector>

class QLabel;
class QPushButton;

namespace awaitscope::ui {

class MainWindow;
class StoryPanel;

/// A short walk through the window: one place after the other is left bright, and a note beside it says what it is for.
/// Return or Next goes on, Escape or Skip ends it. Shown by itself the first time a source is open; deletes itself.
class Tour : public QWidget {
    Q_OBJECT
  public:
    /// Begins it over whatever the window shows; one that is shown already begins anew.
    static Tour* start(MainWindow& window);
    /// The first time, later on not.
    static void startOnFirstDay(MainWindow& window);

    std::size_t count() const { return stops_.size(); }
    std::size_t current() const { return at_; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    struct Stop {
        QWidget* place;
        QString title;
        QString text;
    };
    explicit Tour(MainWindow& window);
    void go(std::size_t stop);
    QRect bright() const;

    std::vector<Stop> stops_;
    QPointer<StoryPanel> story_;  ///< takes the keyboard when the tour is over; null: there is none
    std::size_t at_ = 0;
    QWidget* note_;
    QLabel* title_;
    QLabel* text_;
    QPushButton* next_;
};

}  // namespace awaitscope::ui
