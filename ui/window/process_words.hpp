// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/window/window_services.hpp"

namespace awaitscope::ui {

/// "running", "killed or crashed, began at 14:03", "ended", "plain Python".
QString processState(const ProcessEntry& entry);

}  // namespace awaitscope::ui
