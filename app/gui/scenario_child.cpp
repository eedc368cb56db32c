// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/scenario_child.hpp"

#include <filesystem>

namespace awaitscope {

std::unique_ptr<LaunchedProcess> start_scenario(const std::string& name, bool real_clock) {
    LaunchOptions options;
    options.command = {std::filesystem::read_symlink("/proc/self/exe"),
                       "scenario",
                       name,
                       "--headless",
                       "--clock",
                       real_clock ? "real" : "virtual"};
    options.capture_output = true;
    return std::make_unique<LaunchedProcess>(options);
}

}  // namespace awaitscope
