// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/instrumentation/python/python_programs.hpp"

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace awaitscope::test {
namespace {

std::vector<Python> find_pythons(bool old) {
    std::vector<Python> found;
    std::istringstream paths(PYTHONS);
    for (std::string path; std::getline(paths, path, ':');) {
        const ShellRun asked = shell("", path + " -c 'import sys; print(sys.version_info[1])'");
        if (asked.exit_code != 0) continue;
        const int minor = std::atoi(asked.output.c_str());
        if ((minor < 8) == old) found.push_back({path, minor});
    }
    return found;
}

}  // namespace

const std::vector<Python>& pythons() {
    static const std::vector<Python> found = find_pythons(false);
    return found;
}

const std::vector<Python>& old_pythons() {
    static const std::vector<Python> found = find_pythons(true);
    return found;
}

std::pair<std::string, std::string> with_adapter() {
    return {"PYTHONPATH", PYTHON_ADAPTER};
}

std::string program(const std::string& name) {
    return std::string(AWAITSCOPE_SOURCE_DIR) + "/tests/instrumentation/python/" + name;
}

ToldProgram told_by(const Python& python, const std::string& name, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {python.path, program(name)});
    return ToldProgram(std::move(arguments), {with_adapter(), {"PYTHONDONTWRITEBYTECODE", "1"}});
}

ShellRun shell(const std::string& environment, const std::string& command) {
    ShellRun run;
    FILE* const pipe = popen((environment + " " + command + " 2>&1").c_str(), "r");
    if (!pipe) throw std::runtime_error("no shell");
    char bytes[4096];
    for (std::size_t size = 0; (size = std::fread(bytes, 1, sizeof bytes, pipe)) > 0;) run.output.append(bytes, size);
    const int status = pclose(pipe);
    run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return run;
}

}  // namespace awaitscope::test
