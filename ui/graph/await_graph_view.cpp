// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/await_graph_view.hpp"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/model/format.hpp"
#include "ui/model/plain_tip.hpp"

namespace awaitscope::ui {
namespace {

constexpr double margin = 16;
constexpr double scale_least = 0.25, scale_most = 3;
constexpr double scale_readable = 0.92;  ///< its small words are then as large as the panels' smallest
constexpr double zoom_step = 1.25;
constexpr QPointF corner(margin, margin);  ///< what stood at the top stays there when the scale changes by itself

}  // namespace

AwaitGraphView::AwaitGraphView(QWidget* parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Await graph"));
    viewport()->setMouseTracking(true);
    show_line_ = new QAction(tr("Show its line"), this);
    connect(show_line_, &QAction::triggered, this, [this] { activate(currentNode()); });
    auto* fits = new QAction(tr("Fit the graph"), this);
    connect(fits, &QAction::triggered, this, &AwaitGraphView::fit);
    addActions({show_line_, fits});
}

void AwaitGraphView::setGraph(AwaitGraph graph) {
    // What is seen stays where it is, unless a cycle came or went: that stands on top.
    const bool same = graph.cycles == placed_.graph.cycles;
    placed_ = place(std::move(graph), font(), same ? remember(placed_.boxes, placed_.layout) : GraphMemory());
    if (!same) verticalScrollBar()->setValue(0);
    if (placed_.boxes.empty() && !scale_chosen_) scale_ = 1;
    updateScrollBars();
    shrinkToFit();
    viewport()->update();
}

void AwaitGraphView::setSelectedTask(TaskIndex task) {
    if (task == selected_) return;
    selected_ = task;
    if (const int node = nodeOf(task); node >= 0) {
        current_ = placed_.boxes[static_cast<std::size_t>(node)].key;
        any_current_ = true;
        showNode(node);
    }
    viewport()->update();
}

void AwaitGraphView::setPanelStyle(const PanelStyle& style) {
    style_ = style;
    viewport()->update();
}

int AwaitGraphView::nodeOf(TaskIndex task) const {
    if (task == no_task) return -1;
    const auto& nodes = placed_.graph.nodes;
    const auto found = std::ranges::find(nodes, task, &AwaitNode::task);
    return found == nodes.end() ? -1 : static_cast<int>(found - nodes.begin());
}

int AwaitGraphView::currentNode() const {
    if (!any_current_) return -1;
    const auto found = std::ranges::find(placed_.boxes, current_, &GraphBox::key);
    return found == placed_.boxes.end() ? -1 : static_cast<int>(found - placed_.boxes.begin());
}

QPointF AwaitGraphView::origin() const {
    return {margin - horizontalScrollBar()->value(), margin - verticalScrollBar()->value()};
}

QRectF AwaitGraphView::seenRectOf(std::size_t node) const {
    const QRectF rect = placed_.rectOf(node);
    return {origin() + rect.topLeft() * scale_, rect.size() * scale_};
}

int AwaitGraphView::nodeAt(const QPointF& point) const {
    for (std::size_t i = 0; i < placed_.boxes.size(); ++i)
        if (seenRectOf(i).contains(point)) return static_cast<int>(i);
    return -1;
}

void AwaitGraphView::setScale(double scale) {
    // What is in the middle stays there.
    scaleAbout(QPointF(viewport()->width(), viewport()->height()) / 2, scale);
}

void AwaitGraphView::scaleAbout(const QPointF& fixed, double scale) {
    scale = std::clamp(scale, scale_least, scale_most);
    if (scale == scale_) return;
    const QPointF there = (fixed - origin()) / scale_;
    scale_ = scale;
    updateScrollBars();
    const QPointF moved = there * scale_ + QPointF(margin, margin) - fixed;
    horizontalScrollBar()->setValue(static_cast<int>(moved.x()));
    verticalScrollBar()->setValue(static_cast<int>(moved.y()));
    viewport()->update();
}

void AwaitGraphView::chooseScale(double scale) {
    scale_chosen_ = true;
    setScale(scale);
}

void AwaitGraphView::fit() {
    const QSizeF all = placed_.size();
    if (all.isEmpty()) return;
    const double across = (viewport()->width() - 2 * margin) / all.width();
    const double down = (viewport()->height() - 2 * margin) / all.height();
    setScale(std::min({1.0, across, down}));
}

void AwaitGraphView::shrinkToFit() {
    const double wide = placed_.size().width();
    if (scale_chosen_ || wide <= 0) return;
    const double across = (viewport()->width() - 2 * margin) / wide;
    if (across < scale_) scaleAbout(corner, std::max(across, scale_readable));
}

void AwaitGraphView::updateScrollBars() {
    const QSizeF all = placed_.size() * scale_ + QSizeF(2 * margin, 2 * margin);
    const auto set = [](QScrollBar* bar, double length, int seen) {
        bar->setRange(0, std::max(0, static_cast<int>(std::ceil(length)) - seen));
        bar->setPageStep(seen);
        bar->setSingleStep(24);
    };
    set(horizontalScrollBar(), all.width(), viewport()->width());
    set(verticalScrollBar(), all.height(), viewport()->height());
}

void AwaitGraphView::showNode(int node) {
    const QRectF rect = seenRectOf(static_cast<std::size_t>(node)).adjusted(-margin, -margin, margin, margin);
    const auto bring = [](QScrollBar* bar, double begin, double end, int seen) {
        if (end > seen) bar->setValue(bar->value() + static_cast<int>(std::min(end - seen, begin)));
        if (begin < 0) bar->setValue(bar->value() + static_cast<int>(begin));
    };
    bring(horizontalScrollBar(), rect.left(), rect.right(), viewport()->width());
    bring(verticalScrollBar(), rect.top(), rect.bottom(), viewport()->height());
}

void AwaitGraphView::choose(int node) {
    if (node < 0) return;
    const AwaitNode& chosen = placed_.graph.nodes[static_cast<std::size_t>(node)];
    current_ = chosen.key;
    any_current_ = true;
    showNode(node);
    viewport()->update();
    if (chosen.isTask()) emit taskChosen(chosen.task);
}

void AwaitGraphView::activate(int node) {
    if (node < 0) return;
    const AwaitNode& chosen = placed_.graph.nodes[static_cast<std::size_t>(node)];
    if (chosen.isTask())
        emit taskActivated(chosen.task);
    else if (chosen.object != 0)
        emit thingActivated(chosen.object);
}

/// The nearest of those at the other end of a node's arcs: what it waits for, or who waits for it.
int AwaitGraphView::neighbour(int node, bool onward) const {
    int best = -1;
    double least = 0;
    for (const Arc& arc : placed_.graph.arcs) {
        if (static_cast<int>(onward ? arc.from : arc.to) != node) continue;
        const int other = static_cast<int>(onward ? arc.to : arc.from);
        const double far = std::abs(placed_.rectOf(static_cast<std::size_t>(other)).center().y() -
                                    placed_.rectOf(static_cast<std::size_t>(node)).center().y());
        if (best < 0 || far < least) best = other, least = far;
    }
    return best;
}

/// The next node up or down in the layer.
int AwaitGraphView::inLayer(int node, int by) const {
    const GraphLayout& layout = placed_.layout;
    const auto at = static_cast<std::size_t>(node);
    int best = -1;
    for (std::size_t i = 0; i < layout.boxes.size(); ++i) {
        if (i == at || layout.layers[i] != layout.layers[at]) continue;
        const double far = (layout.boxes[i].y - layout.boxes[at].y) * by;
        if (far <= 0) continue;
        if (best < 0 || far < (layout.boxes[static_cast<std::size_t>(best)].y - layout.boxes[at].y) * by)
            best = static_cast<int>(i);
    }
    return best;
}

bool AwaitGraphView::event(QEvent* event) {
    // The window steps with the arrow keys; here they walk along the arcs.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = !(key->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier));
        switch (key->key()) {
            case Qt::Key_Left:
            case Qt::Key_Right:
            case Qt::Key_Up:
            case Qt::Key_Down:
            case Qt::Key_Return:
            case Qt::Key_Enter:
            case Qt::Key_Plus:
            case Qt::Key_Minus:
            case Qt::Key_0:
                if (plain) event->accept();
                break;
            default:
                if (key->matches(QKeySequence::Copy)) event->accept();
        }
        if (event->isAccepted()) return true;
    }
    return QAbstractScrollArea::event(event);
}

void AwaitGraphView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    const int node = currentNode();
    const auto walk = [&](int to) {
        if (node < 0 && !placed_.boxes.empty()) to = 0;
        choose(to);
    };
    switch (event->key()) {
        case Qt::Key_Right:
            return walk(node < 0 ? -1 : neighbour(node, true));
        case Qt::Key_Left:
            return walk(node < 0 ? -1 : neighbour(node, false));
        case Qt::Key_Down:
            return walk(node < 0 ? -1 : inLayer(node, 1));
        case Qt::Key_Up:
            return walk(node < 0 ? -1 : inLayer(node, -1));
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return activate(node);
        case Qt::Key_Plus:
            return chooseScale(scale_ * zoom_step);
        case Qt::Key_Minus:
            return chooseScale(scale_ / zoom_step);
        case Qt::Key_0:
            return fit();
        default:
            QAbstractScrollArea::keyPressEvent(event);
    }
}

void AwaitGraphView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const int node = nodeAt(event->position());
    dragging_ = node < 0;
    grabbed_ = event->position();
    if (dragging_) viewport()->setCursor(Qt::ClosedHandCursor);
    choose(node);
}

void AwaitGraphView::mouseMoveEvent(QMouseEvent* event) {
    if (!dragging_) {
        viewport()->setCursor(nodeAt(event->position()) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    const QPointF moved = event->position() - grabbed_;
    grabbed_ = event->position();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - static_cast<int>(std::lround(moved.x())));
    verticalScrollBar()->setValue(verticalScrollBar()->value() - static_cast<int>(std::lround(moved.y())));
}

void AwaitGraphView::mouseReleaseEvent(QMouseEvent*) {
    dragging_ = false;
    viewport()->setCursor(Qt::ArrowCursor);
}

void AwaitGraphView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) activate(nodeAt(event->position()));
}

void AwaitGraphView::wheelEvent(QWheelEvent* event) {
    if (event->modifiers() & Qt::ControlModifier)
        chooseScale(scale_ * std::pow(zoom_step, event->angleDelta().y() / 120.0));
    else
        QAbstractScrollArea::wheelEvent(event);
}

void AwaitGraphView::contextMenuEvent(QContextMenuEvent* event) {
    const int node = event->reason() == QContextMenuEvent::Mouse ? nodeAt(event->pos()) : currentNode();
    if (event->reason() == QContextMenuEvent::Mouse) choose(node);
    show_line_->setEnabled(node >= 0 && placed_.graph.nodes[static_cast<std::size_t>(node)].isTask());
    event->ignore();  // whoever has the panel shows the menu, with our actions in it
}

bool AwaitGraphView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int at = nodeAt(help->pos());
    if (at < 0) {
        QToolTip::hideText();
        return true;
    }
    const AwaitNode& node = placed_.graph.nodes[static_cast<std::size_t>(at)];
    QString tip = node.name;
    if (!node.detail.isEmpty()) tip += '\n' + node.detail;
    if (node.hidden > 0)
        tip += '\n' +
               withThousands(tr("%n neighbours are not shown", nullptr, static_cast<int>(node.hidden)), node.hidden);
    QToolTip::showText(help->globalPos(), plainTip(tip), this);
    return true;
}

void AwaitGraphView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), style_.window);
    painter.save();
    painter.translate(origin());
    painter.scale(scale_, scale_);
    AwaitGraphPainter(style_, font()).paint(painter, placed_, nodeOf(selected_), hasFocus() ? currentNode() : -1);
    painter.restore();
}

void AwaitGraphView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
    if (!scale_chosen_)
        scaleAbout(corner, 1);  // a new width is a new beginning, be it only that of a layout not yet settled
    shrinkToFit();
}

void AwaitGraphView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void AwaitGraphView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

QImage AwaitGraphView::picture() const {
    const double ratio = devicePixelRatioF();
    const QSizeF all = placed_.size() + QSizeF(2 * margin, 2 * margin);
    QImage image((all * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(style_.window);
    QPainter painter(&image);
    painter.translate(margin, margin);
    AwaitGraphPainter(style_, font()).paint(painter, placed_, nodeOf(selected_), -1);
    return image;
}

QString AwaitGraphView::table() const {
    const AwaitGraph& graph = placed_.graph;
    QStringList lines;
    for (const Arc& arc : graph.arcs) {
        const AwaitNode &from = graph.nodes[arc.from], &to = graph.nodes[arc.to];
        lines << QStringList{from.name, from.detail, to.name, to.detail}.join('\t');
    }
    // Who waits for nobody stands alone.
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        if (std::ranges::none_of(graph.arcs, [i](const Arc& arc) { return arc.from == i || arc.to == i; }))
            lines << QStringList{graph.nodes[i].name, graph.nodes[i].detail, {}, {}}.join('\t');
    if (lines.isEmpty()) return {};
    return QStringList{tr("who"), tr("how"), tr("waits for"), tr("how")}.join('\t') + '\n' + lines.join('\n');
}

QString AwaitGraphView::description() const {
    return placed_.graph.sentences().join('\n');
}

void AwaitGraphView::copy() const {
    auto* both = new QMimeData;
    both->setText(description());
    both->setImageData(picture());
    QApplication::clipboard()->setMimeData(both);
}

}  // namespace awaitscope::ui
