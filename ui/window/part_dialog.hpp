// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <memory>
#include <optional>

#include "instrumentation/source/recording_overview.hpp"

class QLabel;
class QLineEdit;
class QPushButton;

namespace awaitscope::ui {

class RecordingScale;

/// Asks which part of a recording to open: from one time to another, typed, or dragged on a bar of the whole. Tells how
/// many events that are, before any of them is read.
class PartDialog : public QDialog {
    Q_OBJECT
  public:
    /// Begins with the part that is open, or a first one. `events_most`: what a part may have.
    PartDialog(const QString& name, std::shared_ptr<const RecordingOverview> overview, const SourcePart& open,
               std::uint64_t events_most, QWidget* parent = nullptr);

    /// What was chosen: once it was accepted.
    const SourcePart& part() const { return part_; }

    QLineEdit* fromField() const { return from_; }
    QLineEdit* toField() const { return to_; }
    RecordingScale* scale() const { return scale_; }
    QString words() const;

  private:
    void choose(const std::optional<SourcePart>& part);
    void read();

    std::shared_ptr<const RecordingOverview> overview_;
    std::uint64_t events_most_;
    SourcePart part_;
    QLineEdit* from_;
    QLineEdit* to_;
    RecordingScale* scale_;
    QLabel* words_;
    QPushButton* open_;
};

}  // namespace awaitscope::ui
