// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>

namespace awaitscope::ui {

/// The signs on the top bar's buttons, drawn, so that they look the same with every font.
enum class Sign { run, pause, step, step_back, first, last, down, search, menu };
QIcon icon(Sign sign, const QColor& color, const QColor& disabled);

}  // namespace awaitscope::ui
