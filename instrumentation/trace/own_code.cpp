// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/own_code.hpp"

#include <algorithm>
#include <string_view>

namespace awaitscope {
namespace {

enum class Code { own, installed, standard };

Code code_of(std::string_view file) {
    const auto within = [&](std::string_view part) { return file.find(part) != file.npos; };
    if (within("/site-packages/") || within("/dist-packages/") || within("/node_modules/")) return Code::installed;
    if (within("/lib/python3") || within("/lib64/python3") || file.starts_with("<frozen ") ||
        file.starts_with("node:") || file.starts_with("/usr/include/") || file.empty())
        return Code::standard;
    return Code::own;
}

}  // namespace

std::size_t own_frame(const Symbols& symbols, std::span<const PlaceId> stack) {
    const auto code = [&](PlaceId id) { return code_of(symbols.string(symbols.place(id).file)); };
    return static_cast<std::size_t>(std::ranges::min_element(stack, {}, code) - stack.begin());
}

bool is_own_code(const Symbols& symbols, PlaceId place) {
    return code_of(symbols.string(symbols.place(place).file)) == Code::own;
}

}  // namespace awaitscope
