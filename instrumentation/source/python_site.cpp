// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/python_site.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "instrumentation/source/shell.hpp"
#include "instrumentation/source/source_error.hpp"

namespace awaitscope {
namespace {

/// The interpreter knows best where its packages are. Its one argument, where there is one, is the adapter's folder.
constexpr const char* script = R"(
import os, site, sys, sysconfig
if sys.version_info < (3, 8) or sys.implementation.name != "cpython":
    sys.exit("asyncio of CPython 3.8 and later can be shown; this is %s" % sys.version.split()[0])
folders = [sysconfig.get_path("purelib")] + [site.getusersitepackages()] * bool(site.ENABLE_USER_SITE)
why = None
for folder in folders:
    path = os.path.join(folder, "awaitscope.pth")
    try:
        if len(sys.argv) == 1:
            os.remove(path)
        else:
            os.makedirs(folder, exist_ok=True)
            with open(path, "w") as file:
                file.write(sys.argv[1] + "\n")
                file.write("import os; os.environ.get(\"AWAITSCOPE\", \"0\") in (\"\", \"0\") or "
                           "__import__(\"awaitscope.site_support\").site_support.begin()\n")
    except FileNotFoundError:
        continue
    except OSError as error:
        why = why or error
        continue
    print(path)
    break
else:
    sys.exit(str(why or "there is no awaitscope.pth in %s" % " or ".join(folders)))
)";

/// Runs the script; the path that it prints.
std::string run_script(const std::string& python, const std::string& argument) {
    const ShellRun ran =
        run_in_shell(fmt::format("AWAITSCOPE=0 {} -c {} {}", shell_word(python), shell_word(script), argument));
    constexpr int not_executable = 126, not_found = 127;  // as shells tell it
    if (ran.exit_code == not_found || ran.exit_code == not_executable)
        throw SourceError(fmt::format("{} {}; name an interpreter, as /usr/bin/python3", python,
                                      ran.exit_code == not_found ? "was not found" : "cannot be run"));
    if (ran.exit_code != 0) throw SourceError(fmt::format("{}: {}", python, last_line(ran.output)));
    std::string path = last_line(ran.output);
    // Any program takes arguments and may end well; and what it prints is removed again when the adapter fails in it.
    if (!path.ends_with("/awaitscope.pth"))
        throw SourceError(fmt::format("{} is no Python; name an interpreter, as /usr/bin/python3", python));
    return path;
}

}  // namespace

std::string install_in_python(const std::string& python, const std::string& adapter_folder) {
    if (adapter_folder.empty())
        throw SourceError("this Awaitscope was built without its adapter for Python (python3-dev was not there)");
    if (adapter_folder.find('\n') != std::string::npos)
        throw SourceError("the adapter's folder has a name that cannot be handed over: " + adapter_folder);
    const std::string path = run_script(python, shell_word(adapter_folder));
    // As a program will meet it, with nothing of ours in the environment but the one variable.
    const ShellRun tried = run_in_shell(fmt::format(
        "env -u PYTHONPATH AWAITSCOPE=1 {} -c 'import sys; sys.modules[\"awaitscope._core\"]'", shell_word(python)));
    if (tried.exit_code == 0) return path;
    unlink(path.c_str());
    throw SourceError(fmt::format("{} cannot use the adapter: {}", python, last_line(tried.output)));
}

std::string uninstall_from_python(const std::string& python) {
    return run_script(python, "");
}

}  // namespace awaitscope
