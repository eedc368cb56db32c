// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QSize>
#include <QString>
#include <array>
#include <vector>

#include "ui/geometry/axis.hpp"
#include "ui/geometry/row_layout.hpp"
#include "ui/geometry/time_scale.hpp"
#include "ui/timeline/timeline_style.hpp"

namespace awaitscope::ui {

/// The parts of the timeline, in the widget's pixels.
struct TimelineZones {
    QRect legend;
    QRect corner;  ///< left of the overview: the choice of the axis
    QRect overview;
    QRect ruler_corner;
    QRect ruler;
    QRect names;
    QRect tracks;
    QRect loop_names;
    QRect loops;  ///< the loops' ready depth, always in sight
};

/// A word in a span or under it.
struct FrameLabel {
    QRectF rect;  ///< it is cut off at the right
    QString text;
    bool mono = false;                  ///< what was printed
    WaitClass kind = WaitClass::other;  ///< on the ground of which it stands, unless it is mono
    bool known = false;                 ///< it was printed by the cursor, right of which it may stand all the same
};

/// One picture of the timeline: everything that is painted, free of the trace. Made by buildFrame() while the trace is
/// held, painted after it was let go. All rectangles are in the widget's pixels, aligned to the screen's.
struct TimelineFrame {
    QSize size;
    double pixel_ratio = 1;
    AxisKind axis = AxisKind::time;
    TimelineZones zones;
    TimeScale scale;
    QString empty;  ///< what to say when there is nothing to draw

    struct RowItem {
        Row row;
        QRect rect;  ///< of the whole row, names and track
        QString name;
        QString detail;
        bool selected = false;
        bool hovered = false;
        bool dimmed = false;  ///< the search does not match it
    };
    RowDensity density = RowDensity::comfortable;
    bool prints = false;  ///< as RowLayout::prints()
    std::vector<RowItem> rows;

    /// Spans, grouped by what they are filled with.
    std::vector<QRectF> running;
    /// Steps too many to be told apart, by how much of the time they take: sparse first.
    static constexpr int share_levels = 12;
    std::array<std::vector<QRectF>, share_levels> running_dense;
    std::vector<QRectF> ready;
    std::array<std::vector<QRectF>, wait_class_count> waiting;
    std::array<std::vector<QRectF>, wait_class_count> wait_edges;  ///< where the waiting begins
    std::array<std::vector<QRectF>, wait_class_count> wait_thin;   ///< too low for a pattern
    std::vector<QRectF> wait_slivers;                              ///< rows of waits too narrow to be told apart
    std::vector<QRectF> overdue;  ///< over a wait: its timer is due, but the loop is kept
    std::vector<FrameLabel> labels;

    struct EndMark {
        QPointF centre;
        TaskState state;
        double size;
        bool known;  ///< by the cursor, as with a label
    };
    std::vector<EndMark> end_marks;

    /// From who made a task ready to the step that followed. `from` equals the ready bar's begin when it was the loop.
    struct Arrow {
        QPointF from;
        QPointF to;
        bool at_cursor = false;
        bool by_loop = false;
    };
    std::vector<Arrow> arrows;

    std::vector<QRectF> hits;       ///< what was searched, on the rows of its tasks
    std::vector<QRectF> hit_ticks;  ///< the same on the ruler, whatever rows are in sight
    QString search_note;
    std::vector<QRectF> output_ticks;
    std::vector<QRectF> reads;
    std::vector<QRectF> writes;
    std::vector<QRectF> connection_lines;  ///< the time in which a connection is open

    struct RulerTick {
        double x;
        QString label;
        bool jump;
    };
    std::vector<RulerTick> ticks;
    struct Mark {
        double x;
        QString text;
        bool of_user;  ///< set with M, not by the program
    };
    std::vector<Mark> marks;
    struct Noted {
        double x;
        int gravity;  ///< as NotedEvent
    };
    std::vector<Noted> noted;
    struct Loss {
        double begin;
        double end;
        std::uint64_t count;
    };
    std::vector<Loss> losses;
    QRectF answer;         ///< what answers a question, over ruler and tracks; null: none
    double cursor_x = -1;  ///< may lie outside of the tracks
    bool has_cursor = false;
    double live_edge_x = -1;
    bool live = false;

    struct LoopCurve {
        QRect rect;  ///< name and curve
        QString name;
        QString greatest;
        std::vector<QPointF> points;
    };
    std::vector<LoopCurve> loops;

    std::vector<QRectF> overview_running;
    std::vector<QRectF> overview_losses;
    std::vector<Noted> overview_noted;
    std::vector<QRectF> overview_hits;
    QRectF overview_window;
    double overview_cursor_x = -1;
    double overview_folded_x = -1;  ///< where the detail begins, if some before it is folded

    /// As new, but with the memory of the spans' lists: to allot it anew for each frame would cost a part of the frame.
    void clear();

    /// Takes out what lies behind the cursor, which is not to be known yet. What is cut loses the words that tell of
    /// its length. Rows and ends of tasks are left out beforehand: they lie beside their events.
    void hideFuture();

    /// Rectangles of the tracks: what the cost of a paint follows.
    std::size_t rectangleCount() const;
};

}  // namespace awaitscope::ui
