// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "app/cli/commands.hpp"

namespace awaitscope::cli {

OutputFile::OutputFile(const std::string& path, const std::string& option) : path_(path), option_(option) {
    if (path == "-") return;
    file_.open(path, std::ios::binary | std::ios::trunc);
    check();
}

void OutputFile::write(std::string_view text) {
    if (path_ == "-") return standard_.write(text);
    file_.write(text.data(), static_cast<std::streamsize>(text.size()));
    check();
}

void OutputFile::finish() {
    if (path_ == "-") return standard_.flush();
    file_.close();
    check();
}

void OutputFile::check() const {
    if (!file_)
        throw Failure(
            fmt::format("cannot write {}: {}; name another file with {}", path_, std::strerror(errno), option_));
}

}  // namespace awaitscope::cli
