// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.hpp"
#include "app/cli/recording.hpp"
#include "app/gui/application.hpp"

namespace awaitscope::cli {

int execute(const OpenOptions& options) {
    return gui::show_recording(options.file, part_of(options.range), options.memory);
}

}  // namespace awaitscope::cli
