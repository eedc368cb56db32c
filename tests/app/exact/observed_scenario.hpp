// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/scenarios/scenario.hpp"

namespace awaitscope::scenarios {

/// Those that insist on a clock, the real one: all() has the others.
const std::vector<Scenario>& in_real_time();

}  // namespace awaitscope::scenarios
