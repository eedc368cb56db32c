// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <memory>

namespace awaitscope::gui {

/// Qt's application object, with our name and settings; made only where something is shown or painted.
std::unique_ptr<QApplication> make_application();

}  // namespace awaitscope::gui
