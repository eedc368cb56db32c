// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/standard_output.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/source/python_adapter.hpp"
#include "instrumentation/source/python_site.hpp"

namespace awaitscope::cli {

int execute(const PythonOptions& options) {
    StandardOutput out;
    if (options.action == "install")
        out.write(fmt::format("wrote {}: with AWAITSCOPE=1 programs of {} are visible\n",
                              printable(install_in_python(options.interpreter, python_adapter_folder())),
                              printable(options.interpreter)));
    else
        out.write(fmt::format("removed {}\n", printable(uninstall_from_python(options.interpreter))));
    out.flush();
    return 0;
}

}  // namespace awaitscope::cli
