// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace awaitscope::gui {

/// Lets places be put right by the source they are of (read_sources_with()): that of the scenarios, which is built in,
/// and files of this machine.
void read_sources();

}  // namespace awaitscope::gui
