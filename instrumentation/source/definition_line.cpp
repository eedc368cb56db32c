// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/definition_line.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace awaitscope {
namespace {

SourceReader& source_reader() {
    static SourceReader reader;
    return reader;
}

/// The first `count` lines.
std::vector<std::string_view> lines_of(std::string_view text, unsigned count) {
    std::vector<std::string_view> lines;
    while (!text.empty() && lines.size() < count) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// Whether it is the last line of a function: of a lambda, the statement around it may end there, too. Where another
/// function waits for such a statement, it stands at that line itself.
bool is_closing(std::string_view line, std::string_view function) {
    const bool lambda = function.empty() || function.find("operator()") != function.npos || function == "<lambda>";
    return line.find('}') != line.npos && line.find_first_not_of(lambda ? " \t\r});," : " \t\r}") == line.npos;
}

/// How many more braces a line of C++ closes than it opens, what stands in quotes and comments aside.
int closed_in(std::string_view line) {
    int depth = 0;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char one = line[i];
        if (quote != 0) {
            if (one == '\\')
                ++i;
            else if (one == quote)
                quote = 0;
        } else if (one == '"' || one == '\'') {
            quote = one;
        } else if (one == '/' && line.substr(i).starts_with("//")) {
            break;
        } else {
            depth += (one == '}') - (one == '{');
        }
    }
    return depth;
}

bool names(std::string_view line, std::string_view function) {
    const auto is_word = [](char one) { return std::isalnum(static_cast<unsigned char>(one)) != 0 || one == '_'; };
    for (std::size_t at = line.find(function); at != line.npos; at = line.find(function, at + 1)) {
        const bool begins = at == 0 || !is_word(line[at - 1]);
        const std::size_t behind = line.find_first_not_of(" \t", at + function.size());
        if (begins && behind != line.npos && line[behind] == '(') return true;
    }
    return false;
}

}  // namespace

unsigned definition_line(std::string_view text, std::string_view function, unsigned line) {
    constexpr std::size_t head_lines_max = 20;
    const std::vector<std::string_view> lines = lines_of(text, line);
    if (line == 0 || lines.size() != line || !is_closing(lines.back(), function)) return line;
    int depth = 0;
    std::size_t open = line;  // one beyond the line that opens the body
    do depth += closed_in(lines[--open]);
    while (depth > 0 && open > 0);
    if (depth > 0) return line;
    const std::size_t first = open > head_lines_max ? open - head_lines_max : 0;
    for (std::size_t i = open + 1; !function.empty() && i > first; --i)
        if (names(lines[i - 1], function)) return static_cast<unsigned>(i);
    return static_cast<unsigned>(open + 1);
}

void read_sources_with(SourceReader reader) {
    source_reader() = std::move(reader);
}

unsigned line_to_show(std::string_view file, std::string_view function, unsigned line) {
    if (!source_reader() || file.empty() || function.empty()) return line;
    const auto text = source_reader()(file);
    return text ? definition_line(*text, function, line) : line;
}

}  // namespace awaitscope
