// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

namespace awaitscope::ui {

/// The program's sign, drawn: a loop with one step on it. `size` in device-independent pixels.
QPixmap logo(int size, const QColor& color, double device_pixel_ratio = 1.0);
/// The same in the usual sizes, for windows and the task bar.
QIcon logoIcon();

}  // namespace awaitscope::ui
