// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/notes.hpp"

#include <algorithm>
#include <array>

namespace awaitscope::notes {
namespace {

/// Where one fits another too, the narrower stands first.
constexpr std::array patterns{number_reused, exited,        exited_with, killed,      left,
                              crashed,       replaced,      silent,      own_clock,   not_the_firsts_clock,
                              more_before,   too_many,      cut_short,   damaged,     damaged_to_the_end,
                              mid_chunk,     not_ended,     cut_off,     broken_line, broken_lines,
                              no_list,       broken_events, broken_json};

/// The texts before, between and behind a pattern's gaps, which stand in it in their order.
std::vector<std::string_view> pieces(std::string_view pattern) {
    std::vector<std::string_view> found;
    for (std::size_t gap; (gap = pattern.find('%')) != std::string_view::npos; pattern.remove_prefix(gap + 2))
        found.push_back(pattern.substr(0, gap));
    found.push_back(pattern);
    return found;
}

std::optional<std::vector<std::string>> gaps_of(std::string_view note, const char* pattern) {
    const auto fixed = pieces(pattern);
    if (!note.starts_with(fixed.front())) return std::nullopt;
    note.remove_prefix(fixed.front().size());
    std::vector<std::string> gaps;
    for (std::size_t i = 1; i < fixed.size(); ++i) {
        const bool last = i + 1 == fixed.size();
        const std::size_t at = !last                      ? note.find(fixed[i])
                               : note.ends_with(fixed[i]) ? note.size() - fixed[i].size()
                                                          : std::string_view::npos;
        if (at == std::string_view::npos || at == 0) return std::nullopt;
        gaps.emplace_back(note.substr(0, at));
        note.remove_prefix(at + fixed[i].size());
    }
    return gaps;
}

}  // namespace

std::string note(std::string_view pattern, const std::vector<std::string>& gaps) {
    const auto fixed = pieces(pattern);
    std::string text(fixed.front());
    for (std::size_t i = 1; i < fixed.size(); ++i) text.append(gaps.at(i - 1)).append(fixed[i]);
    return text;
}

std::optional<Said> read(std::string_view note) {
    for (const char* pattern : patterns)
        if (auto gaps = gaps_of(note, pattern)) return Said{pattern, std::move(*gaps)};
    return std::nullopt;
}

}  // namespace awaitscope::notes
