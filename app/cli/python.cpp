// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/standard_output.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/source/python_adapter.hpp"
#include "instrumentation/source/python_site.hpp"

namespace awaitscope::cli {

int execute(const PythonOptions& options) {
    const bool install = options.action == "install";
    const std::string path = install ? install_in_python(options.interpreter, python_adapter_folder())
                                     : uninstall_from_python(options.interpreter);
    StandardOutput out;
    out.write(fmt::format(install ? "wrote {0}: with AWAITSCOPE=1 programs of {1} are visible\n" : "removed {}\n",
                          printable(path), printable(options.interpreter)));
    out.flush();
    return 0;
}

}  // namespace awaitscope::cli
