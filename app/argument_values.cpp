// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/argument_values.hpp"

#include <unistd.h>

#include <CLI/Error.hpp>
#include <charconv>

namespace awaitscope {
namespace {

/// It is written as a number, and no file bears that name.
bool names_a_number(const std::string& text) {
    const std::size_t sign = text.starts_with('-') ? 1 : 0;
    return text.size() > sign && text.find_first_not_of("0123456789", sign) == text.npos &&
           access(text.c_str(), F_OK) != 0;
}

}  // namespace

int read_pid(const std::string& text) {
    int pid = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), pid);
    if (error != std::errc() || end != text.data() + text.size() || pid <= 0)
        throw CLI::ValidationError("'" + text + "' is no process id; awaitscope list shows them");
    return pid;
}

void check_target(const std::string& text) {
    if (text.empty()) throw CLI::ValidationError("'' is no file and no process id; awaitscope list shows processes");
    if (names_a_number(text)) read_pid(text);
}

void check_recording(const std::string& text) {
    if (text.empty() || names_a_number(text))
        throw CLI::ValidationError("'" + text + "' is no file; awaitscope record makes a recording of a process");
}

std::uint64_t read_task(const std::string& text) {
    std::uint64_t task = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), task);
    if (error != std::errc() || end != text.data() + text.size() || task == 0)
        throw CLI::ValidationError("'" + text + "' is no number of a task; awaitscope tasks shows them");
    return task;
}

std::uint64_t read_memory(const std::string& text) {
    const char* const end = text.data() + text.size();
    std::uint64_t number = 0;
    const auto [unit, error] = std::from_chars(text.data(), end, number);
    const bool whole = unit + 1 == end && (*unit == 'M' || *unit == 'G');
    if (error != std::errc() || !whole || number == 0 || number > 1'000'000)
        throw CLI::ValidationError("'" + text + "' is no amount of memory; write 500M or 4G");
    return number << (*unit == 'M' ? 20 : 30);
}

std::pair<int, int> read_size(const std::string& text) {
    int pixels_wide = 0, pixels_high = 0;
    const char* const end = text.data() + text.size();
    const auto width = std::from_chars(text.data(), end, pixels_wide);
    const bool has_x = width.ec == std::errc() && width.ptr != end && *width.ptr == 'x';
    const auto height = has_x ? std::from_chars(width.ptr + 1, end, pixels_high) : width;
    constexpr int least = 64, most = 16384;
    const auto fits = [](int length) { return length >= least && length <= most; };
    if (!has_x || height.ec != std::errc() || height.ptr != end || !fits(pixels_wide) || !fits(pixels_high))
        throw CLI::ValidationError("'" + text + "' is no size; write 1920x1080 (each from 64 to 16384)");
    return {pixels_wide, pixels_high};
}

}  // namespace awaitscope
