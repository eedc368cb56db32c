// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.hpp"
#include "app/gui/application.hpp"

namespace awaitscope::cli {

int execute(const RenderOptions& options) {
    gui::render(options);
    return 0;
}

}  // namespace awaitscope::cli
