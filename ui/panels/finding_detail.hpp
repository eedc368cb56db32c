// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <optional>

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

    /// Of what happened several times, the occurrence that is gone to: its place among Finding::events, from 0, or
    /// nothing where it is not among these; and when it was.
    struct Occurrence {
        std::optional<std::size_t> number;
        Nanoseconds time = 0;
    };
    void tell(const ShownFinding& finding, const Occurrence& occurrence, bool muted, const PanelStyle& style);
    QPushButton* goButton() const { return go_; }
    QPushButton* lineButton() const { return line_; }
    QPushButton* muteButton() const { return mute_; }
    QPushButton* earlierButton() const { return earlier_; }
    QPushButton* laterButton() const { return later_; }

  signals:
    void goWanted();
    void lineWanted();
    void muteWanted();
    void walkWanted(int occurrences);  ///< to a later one; negative: an earlier one
    void taskWanted(awaitscope::TaskIndex task);

  private:
    void tellOccurrence(const Finding& finding, const Occurrence& occurrence);

    QLabel* title_;
    QLabel* what_;
    QPushButton* line_;
    QLabel* when_;
    QWidget* walk_;
    QPushButton* earlier_;
    QLabel* occurrence_;
    QPushButton* later_;
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
