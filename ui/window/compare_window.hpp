// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <array>
#include <memory>

#include "instrumentation/analysis/trace_diff.hpp"
#include "ui/model/aligned_views.hpp"
#include "ui/model/trace_job.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/window/window_services.hpp"

class QComboBox;
class QLabel;

namespace awaitscope::ui {

class CompareTables;
class TimelineView;

/// Two recordings on aligned axes, one above the other, and the table of what became slower, is new or gone. Zooming
/// one zooms the other. A window of its own.
class CompareWindow : public QMainWindow {
    Q_OBJECT
  public:
    /// `before` and `after` were opened: their sources are not null.
    CompareWindow(OpenedSource before, OpenedSource after, QWidget* parent = nullptr);
    ~CompareWindow() override;

    TraceSession& session(int side) { return *sides_[static_cast<std::size_t>(side)].session; }
    ViewState& view(int side) { return sides_[static_cast<std::size_t>(side)].view; }
    TimelineView* timeline(int side) const { return sides_[static_cast<std::size_t>(side)].timeline; }
    CompareTables* tables() const { return tables_; }
    /// By the begin, or by a mark that both recordings have.
    QComboBox* alignment() const { return alignment_; }
    QString summary() const;
    /// Waits until both are read and compared: for pictures and tests.
    void finish();

  private:
    struct Side {
        QString name;
        std::shared_ptr<void> lifetime;
        std::unique_ptr<TraceSession> session;
        ViewState view;
        TimelineView* timeline = nullptr;
        QWidget* box = nullptr;
    };

    QWidget* buildSide(int side, OpenedSource opened);
    QWidget* buildBar();
    CompareTables* buildTables();
    void showFinding(const DiffFinding& finding);
    void read();
    void compareNow();
    void showDiff(TraceDiff diff);
    void fillAlignment();
    void align();
    void fit();
    void applyTheme();

    std::array<Side, 2> sides_;
    std::unique_ptr<AlignedViews> aligned_;
    bool compared_ = false;
    QComboBox* alignment_;
    QLabel* summary_;
    CompareTables* tables_;
    TraceJob job_;  ///< last: it ends before what it uses goes
};

}  // namespace awaitscope::ui
