// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetrics>
#include <QHash>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "ui/geometry/level_of_detail.hpp"
#include "ui/geometry/ready_depth.hpp"
#include "ui/model/view_state.hpp"
#include "ui/timeline/timeline_frame.hpp"

namespace awaitscope::ui {

/// An event that somebody should look at: a finding's.
struct NotedEvent {
    EventIndex event = 0;
    int gravity = 0;  ///< 0: a hint, 1: a warning, 2: an error
    friend bool operator==(const NotedEvent&, const NotedEvent&) = default;
};

/// What a frame shows, apart from the trace.
struct FrameRequest {
    QSize size;
    double pixel_ratio = 1;
    AxisKind axis = AxisKind::time;
    Extent range;         ///< empty: everything
    int scroll = 0;       ///< pixels of rows above the first one seen
    int names_width = 0;  ///< 0: by the width of the whole
    bool legend = true;
    bool has_cursor = true;
    EventIndex cursor = no_event;
    TaskIndex selected = no_task;
    std::optional<std::size_t> hovered_row;
    QString search;
    std::map<EventIndex, QString> user_marks;  ///< with their notes
    std::vector<NotedEvent> noted;             ///< ascending
    bool live = false;                         ///< more may come
    PlaceWords places;                         ///< how coroutines are called
    bool future_hidden = false;                ///< nothing is drawn of what comes after the cursor
    std::optional<EventStretch> answer;        ///< marked: what answers a question
    std::span<const std::uint32_t> hits;       ///< events that the search has found, ascending
    std::uint64_t hits_version = 0;            ///< another one for other hits
    QString search_note;                       ///< how the search goes
};

/// The parts of the timeline for a size; `loops` loops have a curve, `rows_height` pixels of rows want to be seen.
TimelineZones layOut(QSize size, int names_width, bool legend, int rows_height, std::size_t loops);

/// Height of one loop's curve.
inline constexpr int loop_height = 84;

/// Makes frames. Keeps between frames what is costly to find again: what a scrolled frame has in common
/// with the one before, the overview.
class FrameBuilder {
  public:
    explicit FrameBuilder(const TimelineStyle& style);

    void setStyle(const TimelineStyle& style);
    /// Forgets the trace seen so far: call before frames of another one.
    void reset();

    /// One frame. The trace may have grown since the last call, never shrunk. `recycled` gives its memory.
    TimelineFrame build(const Trace& trace, const RowLayout& layout, const FrameRequest& request,
                        TimelineFrame recycled = {});

    /// The axis as it is shown for a request.
    static TimeScale scaleFor(const Axis& axis, const FrameRequest& request, const QRect& tracks);

    /// The columns in which tracks are drawn: the screen's pixels, or pairs of them where rows are packed.
    static ColumnMap columnsFor(const Trace& trace, const Axis& axis, const TimelineFrame& frame);
    /// The least width of a running span, in these columns.
    static int runningLeast(const TimelineFrame& frame);

    /// Spans looked at for the last frame.
    std::size_t spansLookedAt() const { return looked_at_; }

  private:
    struct Pass;  // one frame in the making
    const ColumnMap& columnsOf(const Trace& trace, const Axis& axis, const TimelineFrame& frame);
    const std::vector<Piece>& piecesOf(const Pass& pass, TaskIndex task);
    void addRows(Pass& pass);
    void addTaskTrack(Pass& pass, const TimelineFrame::RowItem& item);
    void addDense(Pass& pass, const Task& task, const Piece& piece, const QRect& row);
    void addWaiting(Pass& pass, const Task& task, const Piece& piece, const QRect& row);
    void addOverdue(Pass& pass, const Span& sleep, const QRectF& rect);
    void addEndMark(Pass& pass, const Task& task, const QRect& row, int after_column);
    void addOutputs(Pass& pass);
    void addArrows(Pass& pass);
    void addArrow(Pass& pass, TaskIndex task, std::size_t ready_span, bool at_cursor);
    void addConnection(Pass& pass, const IoTrack& track, const QRect& row);
    void addRulerAndMarks(Pass& pass);
    void addNoted(Pass& pass);
    void addLoops(Pass& pass);
    void addOverview(Pass& pass);
    void makeOverview(Pass& pass, const QRect& zone, const TimeScale& scale);
    void addOverviewHits(Pass& pass, const QRect& zone);
    void addHits(Pass& pass);
    int textWidth(const QString& text, bool mono);

    QFontMetrics small_metrics_;
    QFontMetrics mono_metrics_;
    QHash<QString, int> widths_;
    std::vector<Piece> pieces_;
    std::size_t looked_at_ = 0;

    /// What frames of one stretch of time have in common, however the rows are scrolled. The trace only grows, so it
    /// holds as long as no event has come.
    struct Stretch {
        struct Key {
            EventIndex events = 0;
            Extent extent;
            AxisKind axis = AxisKind::time;
            QRect tracks, loops;
            double per_pixel = 0;
            int running_least = 0;
            friend bool operator==(const Key&, const Key&) = default;
        } key;
        std::optional<ColumnMap> columns;
        std::unordered_map<TaskIndex, std::vector<Piece>> pieces;
        std::vector<TimelineFrame::LoopCurve> loops;
    } stretch_;

    struct Overview {
        EventIndex events = 0;
        QRect zone;
        AxisKind axis = AxisKind::time;
        Extent extent;
        std::vector<QRectF> running;
        std::optional<ColumnMap> columns;
        std::uint64_t hits_version = 0;
        std::vector<QRectF> hits;
    } overview_;
};

/// Vertical measures of a row's drawing.
struct TrackMeasures {
    double centre;   ///< of all bars
    double running;  ///< heights
    double ready;
    double waiting;
    double outputs;  ///< where the line for what is printed begins; 0 when there is none
};
/// Of a row of the picture.
TrackMeasures trackMeasures(const TimelineFrame& frame, const QRect& row);

/// For how long a sleep has lasted behind its timer, because the loop was kept; 0: it has not, or hardly.
Nanoseconds lateness(const Trace& trace, const Span& sleep);

/// What a span waits for, in the words of its label: "sleep 1 s", "sleep 300 ms, 2.9 s late", "gather of 3", "lock",
/// "task Task-2".
QString waitText(const Trace& trace, TaskIndex task, const Span& span, bool ended);
/// The name of a task as the views show it, never empty.
QString taskName(const Trace& trace, const Task& task);
/// Its coroutine: "factorial()"; empty when it is not known.
QString coroutineName(const Trace& trace, const Task& task, const PlaceWords& places);

}  // namespace awaitscope::ui
