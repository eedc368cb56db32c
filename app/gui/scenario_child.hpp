// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "instrumentation/source/launch.hpp"

namespace awaitscope {

/// Starts a scenario in a child of this same program, instrumented; its output is captured. Throws SourceError.
std::unique_ptr<LaunchedProcess> start_scenario(const std::string& name, bool real_clock);

}  // namespace awaitscope
