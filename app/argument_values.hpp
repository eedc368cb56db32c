// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>

/// The values that are typed on the command line. Each function throws CLI::ValidationError, which says what is wrong
/// with the text and what to write.
namespace awaitscope {

int read_pid(const std::string& text);
/// FILE|PID: what is written as a number must be a process id, unless a file bears that name.
void check_target(const std::string& text);
/// FILE: a number names a process, and is none, unless a file bears that name.
void check_recording(const std::string& text);
std::uint64_t read_task(const std::string& text);
/// "500M", "4G"; in bytes.
std::uint64_t read_memory(const std::string& text);
/// "1920x1080"; width and height in pixels.
std::pair<int, int> read_size(const std::string& text);

}  // namespace awaitscope
