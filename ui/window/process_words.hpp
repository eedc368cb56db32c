// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/window/window_services.hpp"

namespace awaitscope::ui {

/// Its name, with the script that an interpreter runs: "python3 app.py".
QString processName(const ProcessEntry& entry);
/// "running", "killed or crashed, began at 14:03", "ended", "plain Python".
QString processState(const ProcessEntry& entry);

}  // namespace awaitscope::ui
