// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "instrumentation/source/recording_overview.hpp"

class QLabel;

namespace awaitscope::ui {

/// A recording from its begin to its end, with how much happened when and which part of it is open: drawn from its
/// chunks' headers, so a recording may be larger than memory. A click, a drag along it, or the arrow keys ask for
/// another part.
class RecordingScale : public QWidget {
    Q_OBJECT
  public:
    explicit RecordingScale(QWidget* parent = nullptr);

    void show(std::shared_ptr<const RecordingOverview> overview, const SourcePart& open);

    QSize sizeHint() const override;

  signals:
    void momentWanted(qint64 time);  ///< a part around it
    void rangeWanted(qint64 from, qint64 to);
    void earlierWanted();
    void laterWanted();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

  private:
    double xAt(std::int64_t time) const;
    std::int64_t timeAt(double x) const;
    /// How high the bar stands over each pixel, from 0 to 1.
    std::vector<float> heights() const;

    std::shared_ptr<const RecordingOverview> overview_;
    SourcePart open_;
    std::optional<int> pressed_;  ///< where the drag began
    int dragged_ = 0;
};

/// The line below the top bar for a recording of which a part is open: what there is, what is open, and how to open
/// another part. Hidden while all of it is open.
class RecordingBar : public QWidget {
    Q_OBJECT
  public:
    explicit RecordingBar(QWidget* parent = nullptr);

    /// `events_most`: what a part may have.
    void show(std::shared_ptr<const RecordingOverview> overview, const SourcePart& open, std::uint64_t events_most);
    void clear();

    /// The part before or behind the one that is open; nothing where there is none.
    std::optional<SourcePart> earlier() const;
    std::optional<SourcePart> later() const;

  signals:
    void partWanted(const SourcePart& part);

  private:
    void want(const std::optional<SourcePart>& part);

    std::shared_ptr<const RecordingOverview> overview_;
    SourcePart open_;
    std::uint64_t events_most_ = 0;
    QLabel* text_;
    RecordingScale* scale_;
};

}  // namespace awaitscope::ui
