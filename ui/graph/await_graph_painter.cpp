// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/await_graph_painter.hpp"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainterPath>
#include <cmath>

#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

constexpr double edge_width = 3;
constexpr double side = 10;
constexpr double width_most = 230;
constexpr double width_least = 56;
constexpr double one_line = 28;
constexpr double two_lines = 44;

QFont strong(QFont font) {
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont small(QFont font) {
    font.setPixelSize(12);
    return font;
}

QString secondLine(const AwaitNode& node) {
    QStringList parts;
    if (node.in_cycle && node.isTask()) parts << QCoreApplication::translate("AwaitGraph", "in a cycle");
    if (!node.detail.isEmpty()) parts << node.detail;
    if (node.hidden > 0) parts << QCoreApplication::translate("AwaitGraph", "%1 more").arg(formatCount(node.hidden));
    return parts.join(QStringLiteral(" · "));
}

}  // namespace

PlacedGraph place(AwaitGraph graph, const QFont& font, const GraphMemory& before) {
    PlacedGraph placed;
    const QFontMetricsF name_metrics(strong(font)), detail_metrics(small(font));
    for (const AwaitNode& node : graph.nodes) {
        const QString second = secondLine(node);
        const double wide =
            std::max(name_metrics.horizontalAdvance(node.name), detail_metrics.horizontalAdvance(second));
        placed.boxes.push_back({node.key, std::ceil(std::clamp(wide + 2 * side + edge_width, width_least, width_most)),
                                second.isEmpty() ? one_line : two_lines});
    }
    placed.layout = layOutGraph(placed.boxes, graph.arcs, before);
    placed.graph = std::move(graph);
    return placed;
}

const QColor& AwaitGraphPainter::edgeOf(const AwaitNode& node) const {
    return node.isTask() ? style_.state(node.state, node.on) : style_.wait(node.on);
}

void AwaitGraphPainter::paint(QPainter& painter, const PlacedGraph& placed, int selected, int current) const {
    painter.setRenderHint(QPainter::Antialiasing);
    // The arcs of a cycle over the others, those of the selected node over these.
    const auto is_strong = [&](std::size_t i) {
        const auto one = static_cast<Vertex>(selected);
        return selected >= 0 && (placed.graph.arcs[i].from == one || placed.graph.arcs[i].to == one);
    };
    for (int pass = 0; pass < 3; ++pass)
        for (std::size_t i = 0; i < placed.graph.arcs.size(); ++i) {
            const bool cyclic = placed.graph.arc_in_cycle[i];
            if (pass == (is_strong(i) ? 2 : cyclic ? 1 : 0))
                paintArc(painter, placed.layout.routes[i], cyclic, is_strong(i));
        }
    for (std::size_t i = 0; i < placed.graph.nodes.size(); ++i)
        paintNode(painter, placed.graph.nodes[i], placed.rectOf(i), static_cast<int>(i) == selected,
                  static_cast<int>(i) == current);
}

void AwaitGraphPainter::paintArc(QPainter& painter, const std::vector<GraphPoint>& route, bool in_cycle,
                                 bool strong) const {
    if (route.size() < 2) return;
    const auto point = [](const GraphPoint& at) { return QPointF(at.x, at.y); };
    QPainterPath path(point(route.front()));
    for (std::size_t i = 1; i < route.size(); ++i) {
        const QPointF from = point(route[i - 1]), to = point(route[i]);
        const double bend = (to.x() - from.x()) / 2;
        path.cubicTo(from + QPointF(bend, 0), to - QPointF(bend, 0), to);
    }
    const QColor color = in_cycle ? style_.failed : strong ? style_.accent : style_.textFaint;
    painter.setPen(QPen(color, in_cycle ? 2.4 : strong ? 1.8 : 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    // Arcs end level, to the right or, where they close a cycle, to the left.
    const QPointF tip = point(route.back());
    const double back = route.back().x >= route[route.size() - 2].x ? -7 : 7;
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF({tip, tip + QPointF(back, -4), tip + QPointF(back, 4)}));
}

void AwaitGraphPainter::paintNode(QPainter& painter, const AwaitNode& node, const QRectF& rect, bool selected,
                                  bool current) const {
    const double round = node.isTask() ? 5 : rect.height() / 2;
    QPainterPath plate;
    plate.addRoundedRect(rect, round, round);
    painter.fillPath(plate, selected ? style_.selection : node.isTask() ? style_.chip : style_.window);
    if (node.isTask()) {
        painter.save();
        painter.setClipPath(plate, Qt::IntersectClip);
        painter.fillRect(QRectF(rect.left(), rect.top(), edge_width, rect.height()), edgeOf(node));
        painter.restore();
    }
    painter.setBrush(Qt::NoBrush);
    if (node.in_cycle || !node.isTask() || selected) {
        painter.setPen(node.in_cycle ? QPen(style_.failed, 1.8)
                       : selected    ? QPen(style_.accent, 1.5)
                                     : QPen(edgeOf(node), 1.3));
        painter.drawPath(plate);
    }
    if (current) {
        painter.setPen(QPen(style_.accent, 1.2, Qt::DashLine));
        const QRectF around = rect.adjusted(-3, -3, 3, 3);
        painter.drawRoundedRect(around, round + 3, round + 3);
    }
    const QString second = secondLine(node);
    const double indent = node.isTask() ? edge_width + side : side + 2;
    QRectF text = rect.adjusted(indent, 0, -side + 4, 0);
    painter.setFont(strong(font_));
    painter.setPen(style_.text);
    const QString name = painter.fontMetrics().elidedText(node.name, Qt::ElideRight, static_cast<int>(text.width()));
    if (second.isEmpty()) {
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, name);
        return;
    }
    text.setHeight(rect.height() / 2 - 1);
    painter.drawText(text.translated(0, 4), Qt::AlignVCenter | Qt::AlignLeft, name);
    painter.setFont(small(font_));
    painter.setPen(node.in_cycle && node.isTask() ? style_.failed : style_.textSoft);
    painter.drawText(text.translated(0, rect.height() / 2 - 2), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(second, Qt::ElideMiddle, static_cast<int>(text.width())));
}

}  // namespace awaitscope::ui
