// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.hpp"
#include "app/gui/application.hpp"

namespace awaitscope::cli {

int execute(const RunOptions& options) {
    return gui::show_command(options.command, options.memory);
}

}  // namespace awaitscope::cli
