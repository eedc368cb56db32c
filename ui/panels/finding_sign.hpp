// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include "instrumentation/analysis/finding.hpp"
#include "ui/panels/panel_style.hpp"

class QPainter;

namespace awaitscope::ui {

QColor severityColor(Severity severity, const PanelStyle& style);
/// A cross in an octagon, an exclamation mark in a triangle, an i in a circle: told apart without their colours.
void paintSeveritySign(QPainter& painter, const QRectF& rect, Severity severity, const PanelStyle& style);

}  // namespace awaitscope::ui
