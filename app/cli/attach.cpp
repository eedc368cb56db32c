// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.hpp"
#include "app/gui/application.hpp"

namespace awaitscope::cli {

int execute(const AttachOptions& options) {
    return gui::show_process({.pids = options.pids, .follow = options.follow}, options.record, {.keep = options.keep},
                             options.memory);
}

}  // namespace awaitscope::cli
