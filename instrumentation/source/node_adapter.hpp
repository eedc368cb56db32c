// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace awaitscope {

/// What NODE_OPTIONS has to be for a program that is launched from here: what it is now, and the adapter's script to
/// require. Empty where there is no adapter.
std::string node_options_with_adapter();

}  // namespace awaitscope
