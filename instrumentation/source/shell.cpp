// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/shell.hpp"

#include <sys/wait.h>

#include <cstdio>

#include "instrumentation/source/source_error.hpp"

namespace awaitscope {

ShellRun run_in_shell(const std::string& command) {
    ShellRun ran;
    FILE* const pipe = popen((command + " 2>&1 < /dev/null").c_str(), "r");
    if (!pipe) throw SourceError("cannot start a shell");
    char bytes[4096];
    for (std::size_t size = 0; (size = std::fread(bytes, 1, sizeof bytes, pipe)) > 0;) ran.output.append(bytes, size);
    const int status = pclose(pipe);
    ran.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

std::string shell_word(const std::string& text) {
    std::string result = "'";
    for (const char one : text) result += one == '\'' ? std::string("'\\''") : std::string(1, one);
    return result + "'";
}

std::string last_line(const std::string& text) {
    const std::size_t end = text.find_last_not_of('\n');
    if (end == std::string::npos) return {};
    const std::size_t before = text.find_last_of('\n', end);
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    return text.substr(begin, end + 1 - begin);
}

}  // namespace awaitscope
