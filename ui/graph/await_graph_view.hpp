// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>

#include "ui/graph/await_graph_painter.hpp"
#include "ui/model/in_words.hpp"

namespace awaitscope::ui {

/// Draws an await graph, and says what was chosen in it, with the mouse or with keys. It knows no trace: the panel
/// around it hands it graphs. What stays from one graph to the next keeps its height on the page.
class AwaitGraphView : public QAbstractScrollArea, public Canvas, public Tabular {
    Q_OBJECT
  public:
    explicit AwaitGraphView(QWidget* parent = nullptr);

    void setGraph(AwaitGraph graph);
    const PlacedGraph& placed() const { return placed_; }
    void setSelectedTask(TaskIndex task);
    void setPanelStyle(const PanelStyle& style);

    /// How large the graph is drawn: 1 is as laid out.
    double scale() const { return scale_; }
    void setScale(double scale);
    /// Makes all of it seen, but never larger than laid out.
    void fit();
    /// Where a node is seen, in the viewport's pixels.
    QRectF seenRectOf(std::size_t node) const;

    /// The whole graph, as large as it is, on its ground.
    QImage picture() const;
    /// What the picture says, a sentence a line.
    QString description() const override;
    /// Its arcs: who waits, for what, since when.
    QString table() const override;
    /// Puts both on the clipboard: what pastes pictures gets the picture, what pastes text the text.
    void copy() const;

  signals:
    void taskChosen(awaitscope::TaskIndex task);     ///< a click, or a key
    void taskActivated(awaitscope::TaskIndex task);  ///< a double click, or Return: its line is to be seen
    void thingActivated(awaitscope::Id object);      ///< the same on a lock, a queue ...

  protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    int nodeAt(const QPointF& point) const;  ///< -1: none
    int nodeOf(TaskIndex task) const;
    int currentNode() const;
    int neighbour(int node, bool onward) const;
    int inLayer(int node, int by) const;
    void choose(int node);
    void activate(int node);
    void showNode(int node);
    void chooseScale(double scale);
    void scaleAbout(const QPointF& fixed, double scale);
    /// Until the user chooses a scale: what does not fit across is drawn smaller, as long as it can be read. It never
    /// grows again by itself, or stepping would make it jump.
    void shrinkToFit();
    void updateScrollBars();
    QPointF origin() const;

    PlacedGraph placed_;
    QAction* show_line_;
    PanelStyle style_;
    TaskIndex selected_ = no_task;
    std::uint64_t current_ = 0;  ///< the key of the node that keys move
    bool any_current_ = false;
    double scale_ = 1;
    bool scale_chosen_ = false;
    QPointF grabbed_;
    bool dragging_ = false;
};

}  // namespace awaitscope::ui
