// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/text_table.hpp"

#include <algorithm>

namespace awaitscope {
namespace {

/// Characters of a UTF-8 text, so that columns stay straight.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

TextTable::TextTable(std::vector<std::string> heads) {
    for (std::string& head : heads) {
        right_.push_back(head.starts_with('>'));
        if (right_.back()) head.erase(0, 1);
    }
    rows_.push_back(std::move(heads));
}

void TextTable::add(std::vector<std::string> cells) {
    cells.resize(right_.size());
    rows_.push_back(std::move(cells));
}

std::string TextTable::text(std::string_view indent) const {
    std::vector<std::size_t> widths(right_.size());
    for (const auto& row : rows_)
        for (std::size_t c = 0; c < widths.size(); ++c) widths[c] = std::max(widths[c], width(row[c]));
    std::string out;
    for (const auto& row : rows_) {
        out += indent;
        for (std::size_t c = 0; c < widths.size(); ++c) {
            const std::string padding(widths[c] - width(row[c]), ' ');
            out += right_[c] ? padding + row[c] : row[c] + padding;
            out += "  ";
        }
        out.erase(out.find_last_not_of(' ') + 1);
        out += '\n';
    }
    return out;
}

}  // namespace awaitscope
