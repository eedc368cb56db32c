// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include "ui/model/findings_watch.hpp"
#include "ui/panels/panel_style.hpp"

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace awaitscope::ui {

/// One finding in full: what, where, since when, why it matters, what to do, who is concerned; and what can be done
/// about it here.
class FindingDetail : public QScrollArea {
    Q_OBJECT
  public:
    explicit FindingDetail(QWidget* parent = nullptr);

    void tell(const ShownFinding& finding, bool muted, const PanelStyle& style);
    QPushButton* goButton() const { return go_; }
    QPushButton* lineButton() const { return line_; }
    QPushButton* muteButton() const { return mute_; }

  signals:
    void goWanted();
    void lineWanted();
    void muteWanted();
    void taskWanted(awaitscope::TaskIndex task);

  private:
    QLabel* title_;
    QLabel* what_;
    QPushButton* line_;
    QLabel* when_;
    QLabel* stack_;
    QLabel* uncertain_;
    QLabel* why_;
    QLabel* advice_;
    QWidget* tasks_;
    QHBoxLayout* task_row_;
    QPushButton* go_;
    QPushButton* mute_;
    std::vector<ShownFinding::TaskName> shown_tasks_;
};

}  // namespace awaitscope::ui
