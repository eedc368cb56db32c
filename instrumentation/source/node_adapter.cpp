// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/node_adapter.hpp"

#include <cstdlib>

#include "instrumentation/source/adapter_folder.hpp"

namespace awaitscope {

std::string node_options_with_adapter() {
    const std::string folder = adapter_folder("node", "awaitscope.node");
    if (folder.empty()) return {};
    // In quotes Node takes a backslash for what follows it.
    std::string quoted;
    for (const char one : folder + "/awaitscope.js") {
        if (one == '"' || one == '\\') quoted += '\\';
        quoted += one;
    }
    const std::string required = "--require \"" + quoted + "\"";
    const char* const given = std::getenv("NODE_OPTIONS");
    const std::string options = given ? given : "";
    if (options.find(required) != std::string::npos) return options;
    return options.empty() ? required : required + " " + options;
}

}  // namespace awaitscope
