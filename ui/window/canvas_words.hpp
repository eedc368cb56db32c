// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace awaitscope::ui {

/// Lets screen readers ask canvases for their words. Once in a program; the window does it.
void tellCanvases();

}  // namespace awaitscope::ui
