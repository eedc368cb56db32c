// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/scenario/story.hpp"

class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace awaitscope::ui {

class Card;

/// All scenarios as a course: chapter by chapter, what is finished, and where to go on.
class CourseList : public QWidget {
    Q_OBJECT
  public:
    explicit CourseList(QWidget* parent = nullptr);

    /// Looks again at what is finished.
    void refresh();
    /// How many cards stand beside each other.
    void setColumns(int columns);

    /// The scenario to go on with: the first that is not finished after `after`, or of all; empty when all are.
    static QString next(const QString& after = {});

  signals:
    void scenarioChosen(QString name);

  private:
    void forget();

    struct Entry {
        QString name;
        Story story;
        Card* card;
    };
    struct Chapter {
        QGridLayout* grid;
        std::vector<Entry> entries;
    };
    static QString cornerOf(const Entry& entry);

    std::vector<Chapter> chapters_;
    int columns_ = 0;
    QLabel* done_;
    QProgressBar* bar_;
    QPushButton* go_on_;
    QPushButton* forget_;
};

}  // namespace awaitscope::ui
