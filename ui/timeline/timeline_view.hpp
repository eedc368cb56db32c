// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QImage>
#include <QPointer>
#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

#include "ui/geometry/row_layout.hpp"
#include "ui/model/in_words.hpp"
#include "ui/model/search_walk.hpp"
#include "ui/model/shown_trace.hpp"
#include "ui/model/view_state.hpp"
#include "ui/timeline/frame_builder.hpp"
#include "ui/timeline/timeline_painter.hpp"
#include "ui/timeline/track_scroll_bar.hpp"

namespace awaitscope::ui {

class TimelineView;

/// What one key of the timeline does, or several that do the same.
struct KeyCommand {
    QString name;  ///< among all commands; empty where a window has one of its own for it
    QList<QKeySequence> keys;
    std::function<void(TimelineView&)> run;
};

/// Keys that are told of in one line, and its words; none for those that a window tells of.
struct KeyRow {
    QString words;
    std::vector<KeyCommand> commands;
};

/// What the mouse does, and where: "Ctrl Drag", "measure a stretch of time".
struct Gesture {
    QString how;  ///< not translated
    QString words;
};

/// The tracks of all tasks, connections and loops over time or over steps. Shows and changes a ViewState; what it draws
/// is computed anew for each paint from a short look at the trace, and costs what the screen has pixels.
///
/// It does not step: arrow keys become stepRequested(), which the owner of the stepping answers.
class TimelineView : public QWidget, public Canvas, public Tabular, public Drawing {
    Q_OBJECT
  public:
    /// `view` must outlive it.
    explicit TimelineView(ViewState& view, QWidget* parent = nullptr);
    ~TimelineView() override;

    /// What is shown; nullptr: nothing. Neither is owned; a session that goes away is let go of.
    void setSession(TraceSession* session);
    /// A trace that does not grow, in place of a session. It must outlive the view, or another be set before.
    void setTrace(const Trace* trace);

    /// Whose hits are marked on the tracks and in the overview; nullptr: nobody's. Not owned; it may go away.
    void setSearch(SearchWalk* search);

    void setTimelineStyle(const TimelineStyle& style);
    const TimelineStyle& timelineStyle() const { return painter_.style(); }
    /// What stands in the middle while there is nothing to draw.
    void setEmptyText(const QString& text);
    /// The strip with the kinds' colours and patterns. Shown to begin with.
    void setLegendVisible(bool visible);

    AxisKind axis() const { return axis_; }
    void setAxis(AxisKind axis);
    RowDensity rowDensity() const { return density_; }
    void setRowDensity(RowDensity density);

    void fit();
    void zoom(double factor);  ///< around the pointer, or the middle when it is elsewhere
    void pan(double share);    ///< by a share of what is seen; to the right is positive
    void zoomToSpan(TaskIndex task, std::size_t span);
    void zoomToTask(TaskIndex task);  ///< from its creation to its end
    void showCursor();                ///< moves the range, as little as need be, so that the cursor is seen
    void showTask(TaskIndex task);    ///< scrolls its row into sight
    /// The tasks whose rows are in sight, from the top, and how far each is below the top of the tracks, in pixels.
    std::vector<std::pair<TaskIndex, int>> tasksInSight() const;
    /// Scrolls so that a task's row is so far below the top, as soon as there are rows: with the next picture.
    void placeTask(TaskIndex task, int below_top);
    /// Events to point at on the ruler and in the overview, ascending.
    void setNoted(std::vector<NotedEvent> noted);
    const std::vector<NotedEvent>& noted() const { return noted_; }

    /// The same picture, without the pointer's traces, at any size.
    void renderTo(QPainter* painter, QSize size);

    /// Milliseconds that the last paints took, oldest first; at most 240.
    const std::vector<double>& frameTimes() const { return frame_times_; }
    /// A line with them in the corner of the picture.
    void setFrameTimesShown(bool shown);
    /// The scroll bar's room stays free while there is none: of two timelines that are compared both are as wide.
    void setKeepsScrollRoom(bool keeps);
    /// The last picture: for tests and benchmarks.
    const TimelineFrame& frame() const { return frame_; }
    std::size_t spansLookedAt() const { return builder_.spansLookedAt(); }

    /// How long the measured stretch is and how many events lie in it, "12.3 ms, 40 events"; empty while none is.
    QString measuredText() const;
    void stopMeasuring();

    /// What the picture says, in words: extent, cursor, selected task and what it does at the cursor.
    QString description() const override;
    /// What was painted last.
    void paintOn(QPainter& painter) override;
    /// The spans that are seen, a line each, row by row.
    QString table() const override;
    /// What its own keys do, as commands by name; a window has the others. Their keys are told, and stay this view's.
    QList<QAction*> commands() const { return commands_; }
    /// All keys that it obeys, in the words and the order in which they are told: commands() are made of these.
    static std::vector<KeyRow> keyRows();
    /// All that it does with the mouse.
    static std::vector<Gesture> gestures();

    QSize sizeHint() const override { return {900, 420}; }
    QSize minimumSizeHint() const override { return {280, 160}; }

  signals:
    void stepRequested(int steps);                  ///< negative: back
    void noteRequested(awaitscope::EventIndex of);  ///< for the mark after that event
    void axisChanged(awaitscope::ui::AxisKind axis);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;

  private:
    enum class Drag {
        none,
        pan_or_click,
        pan,
        zoom_range,
        measure,
        scrub,
        overview_move,
        overview_begin,
        overview_end,
        names_width,
    };
    struct Target {  ///< what lies under a point of the tracks
        std::optional<std::size_t> row;
        TaskIndex task = no_task;
        std::optional<Piece> piece;
        EventIndex event = no_event;
    };

    /// Calls with the trace, if there is one, under its lock. Never within one another.
    bool withTrace(const std::function<void(const Trace&)>& use) const { return shown_.with(use); }
    /// Whether more may come.
    bool reading() const { return shown_.session() && !shown_.session()->ended(); }
    void forgetTrace();
    RowChoices rowChoices() const;
    Nanoseconds endedBefore() const;
    void layOutRows(const Trace& trace, int height);
    void updateLayout(const Trace& trace);
    FrameRequest request(QSize size) const;
    QSize contentSize() const;
    void zoomAround(double factor, double x);
    void setExtent(Extent extent);
    void slideTo(Extent extent);  ///< after the cursor: nothing to undo
    std::optional<TimeRange> takeExtent(Extent extent);
    void takeRange();
    void setCursorAt(double x);
    void cursorMoved();
    void scrollBy(int pixels);
    void setHoveredRow(std::optional<std::size_t> row);
    Target targetAt(const Trace& trace, const QPointF& point) const;
    QString tipAt(const QPoint& point) const;
    void click(const QPointF& point);
    void pressOverview(const QPointF& point);
    void dragOverview(const QPointF& point);
    double overviewShare(double x) const;
    void updatePointer(const QPointF& point);
    void makeCommands();
    void selectRow(int by);
    void escape();
    void foldSelected();
    void foldGroupOfSelected();
    void fold(const Row& row);
    void setMark();
    void goToMark(int direction);
    void paintSurface();
    void paintOverlay(QPainter& painter);
    Extent draggedExtent() const;
    /// Measures from the cursor to wherever it goes, until asked again.
    void measureFromCursor();
    void measureToCursor();
    QString lengthText(Extent extent) const;
    void paintBand(QPainter& painter, Extent extent, const QString& text) const;

    ViewState& view_;
    QList<QAction*> commands_;
    QList<QAction*> window_commands_;  ///< those without a name
    ShownTrace shown_;
    QPointer<SearchWalk> search_;
    QString empty_text_;

    AxisKind axis_ = AxisKind::time;
    Extent range_;  ///< in the axis' units, finer than the view state's times; empty: everything
    bool own_change_ = false;
    RowDensity density_ = RowDensity::automatic;
    RowLayout layout_;
    bool layout_stale_ = true;
    Nanoseconds ended_before_ = RowChoices{}.ended_before;  ///< as the rows are laid out
    std::size_t tasks_laid_out_ = 0, loops_laid_out_ = 0, connections_laid_out_ = 0;
    int names_width_ = 0;
    bool legend_ = true;
    std::optional<std::pair<TaskIndex, int>> to_place_;
    std::optional<Extent> measured_;
    std::optional<EventIndex> measured_from_;  ///< where measuring with the keys began
    std::vector<NotedEvent> noted_;
    std::optional<std::size_t> hovered_row_;

    FrameBuilder builder_;
    TimelinePainter painter_;
    TimelineFrame frame_;
    QImage surface_;  ///< the picture's pixels: spans are written into them directly, see PixelFill
    TrackScrollBar* scroll_;

    Drag drag_ = Drag::none;
    QPointF pressed_at_;
    QPointF pointer_;
    Extent pressed_extent_;
    int pressed_scroll_ = 0;
    double grabbed_ = 0;

    std::vector<double> frame_times_;
    bool frame_times_shown_ = false;
    bool keeps_scroll_room_ = false;
};

}  // namespace awaitscope::ui
