// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace awaitscope::cli {

/// Nobody reads our output any more. No error: main() ends quietly.
class OutputClosed : public std::exception {};

/// stdout, with a buffer of its own. Written in whole lines, so that a reader of a pipe never waits for half of one.
class StandardOutput {
  public:
    StandardOutput() = default;
    ~StandardOutput();  ///< writes what is left; an error is then lost, so flush() where it matters
    StandardOutput(const StandardOutput&) = delete;
    StandardOutput& operator=(const StandardOutput&) = delete;

    /// Buffers; writes when much has come together. Throws as flush() does.
    void write(std::string_view text);
    /// Writes what is buffered. Throws OutputClosed when the reader has gone, Failure when the disk is full or the
    /// like.
    void flush();
    /// What flush() throws: for those who write to stdout past this buffer and were told this errno.
    [[noreturn]] static void fail(int error);

  private:
    std::string buffer_;
};

}  // namespace awaitscope::cli
