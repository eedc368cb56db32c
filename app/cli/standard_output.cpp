// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/standard_output.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/cli/commands.hpp"

namespace awaitscope::cli {

StandardOutput::~StandardOutput() {
    try {
        flush();
    } catch (const std::exception&) {
        buffer_.clear();  // a destructor has nobody to tell
    }
}

void StandardOutput::write(std::string_view text) {
    constexpr std::size_t much = 1 << 16;
    buffer_ += text;
    if (buffer_.size() >= much) flush();
}

void StandardOutput::flush() {
    std::size_t written = 0;
    while (written < buffer_.size()) {
        const ssize_t n = ::write(STDOUT_FILENO, buffer_.data() + written, buffer_.size() - written);
        if (n >= 0) {
            written += static_cast<std::size_t>(n);
        } else if (errno != EINTR) {
            const int error = errno;
            buffer_.clear();
            fail(error);
        }
    }
    buffer_.clear();
}

void StandardOutput::fail(int error) {
    if (error == EPIPE) throw OutputClosed();
    throw Failure(std::string("cannot write to standard output: ") + std::strerror(error) +
                  "; send it into a file or to another program");
}

}  // namespace awaitscope::cli
