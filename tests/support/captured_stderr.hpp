// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <string>

namespace awaitscope::test {

/// Keeps what is written to the standard error stream while it lives.
class CapturedStderr {
  public:
    CapturedStderr() : file_(std::tmpfile()), saved_(dup(STDERR_FILENO)) {
        if (!file_ || saved_ < 0) throw std::runtime_error("cannot capture stderr");
        std::fflush(stderr);
        dup2(fileno(file_), STDERR_FILENO);
    }
    ~CapturedStderr() {
        std::fflush(stderr);
        dup2(saved_, STDERR_FILENO);
        ::close(saved_);
        std::fclose(file_);
    }
    CapturedStderr(const CapturedStderr&) = delete;
    CapturedStderr& operator=(const CapturedStderr&) = delete;

    /// What has been written so far.
    std::string text() const {
        std::fflush(stderr);
        std::string all(static_cast<std::size_t>(lseek(fileno(file_), 0, SEEK_END)), '\0');
        const auto read = pread(fileno(file_), all.data(), all.size(), 0);
        all.resize(read < 0 ? 0 : static_cast<std::size_t>(read));
        return all;
    }

  private:
    std::FILE* file_;
    int saved_;
};

}  // namespace awaitscope::test
