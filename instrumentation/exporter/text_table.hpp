// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace awaitscope {

/// Rows of text in straight columns, two blanks apart, as wide as their widest cell.
class TextTable {
  public:
    /// The heads of the columns; one that begins with '>' stands at the right, as its cells do.
    explicit TextTable(std::vector<std::string> heads);
    /// As many cells as there are columns.
    void add(std::vector<std::string> cells);
    bool empty() const { return rows_.size() == 1; }
    /// The heads and the rows, a line each, each after `indent`.
    std::string text(std::string_view indent = {}) const;

  private:
    std::vector<bool> right_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace awaitscope
