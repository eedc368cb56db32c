// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/process_facts.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "instrumentation/ring/session_folder.hpp"

namespace awaitscope {

namespace fs = std::filesystem;

std::optional<unsigned> process_owner(int pid) {
    // Not the owner of the folder: that is root where a process has changed its user.
    std::ifstream status(fmt::format("/proc/{}/status", pid));
    for (std::string word; status >> word;) {
        unsigned real = 0, effective = 0;
        if (word == "Uid:" && status >> real >> effective) return effective;
    }
    return std::nullopt;
}

std::string process_program(int pid) {
    std::error_code error;
    return fs::read_symlink(fmt::format("/proc/{}/exe", pid), error).string();
}

std::string process_command(int pid) {
    std::ifstream file(fmt::format("/proc/{}/cmdline", pid), std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    std::ranges::replace_if(
        text, [](char one) { return one == '\0' || one == '\n'; }, ' ');
    while (text.ends_with(' ')) text.pop_back();
    return text;
}

std::string process_session_folder(int pid) {
    std::ifstream file(fmt::format("/proc/{}/environ", pid));
    constexpr std::string_view name = "AWAITSCOPE_DIR=";
    for (std::string word; std::getline(file, word, '\0');)
        if (word.size() > name.size() && word.starts_with(name)) {
            std::error_code error;
            const fs::path where = fs::read_symlink(fmt::format("/proc/{}/cwd", pid), error);
            return (where / word.substr(name.size())).string();  // itself, where it is a whole path
        }
    return ring::default_session_folder();
}

std::string python_interpreter(int pid) {
    const std::string program = process_program(pid);
    static const std::regex python_name(R"(python3(\.\d+)?)");
    if (!std::regex_match(fs::path(program).filename().string(), python_name)) return {};
    // Root could reach it, and would then find no session: that is in the folder of the process's user.
    return process_owner(pid) == geteuid() ? program : std::string();
}

}  // namespace awaitscope
