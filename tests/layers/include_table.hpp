// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace awaitscope::test {

/// An #include line, as it stands in a file.
struct IncludeLine {
    unsigned line = 0;
    std::string target;  ///< what stands between the quotes or brackets
    bool bracketed = false;
};

/// The #include lines of a source text, ascending.
std::vector<IncludeLine> include_lines(std::string_view text);

/// Where an include leads, as the table names it: a path from the root of the tree, "@library", or "" for the standard
/// library and the system.
std::string destination(const IncludeLine& include);

/// The table of allowed includes. Paths are relative to the root of the tree, with '/'.
class IncludeTable {
  public:
    /// Throws std::runtime_error with the line's number where the text is no table.
    static IncludeTable parse(std::string_view text);

    /// Nothing when `file` may include `destination`, else the rule that forbids it, as a sentence.
    std::optional<std::string> objection(const std::string& file, const std::string& destination) const;

    const std::map<std::string, std::vector<std::string>>& rows() const { return rows_; }

  private:
    using Row = std::map<std::string, std::vector<std::string>>::const_iterator;
    Row row_of(std::string folder) const;
    bool row_allows(Row row, std::string_view destination) const;

    std::map<std::string, std::vector<std::string>> rows_;
};

}  // namespace awaitscope::test
