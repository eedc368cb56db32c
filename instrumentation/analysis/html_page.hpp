// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace awaitscope::html {

/// Text for a page. What a recording says is a stranger's: nothing of it becomes markup.
std::string escaped(std::string_view text);

/// A cell of a table: its text, and the number to sort it by where it is one.
struct Cell {
    Cell(std::string words) : text(std::move(words)) {}
    Cell(std::string words, double number) : text(std::move(words)), value(number), is_number(true) {}
    std::string text;
    double value = 0;
    bool is_number = false;
};

/// A table that its reader can sort. A column whose head begins with '>' holds numbers.
class Table {
  public:
    explicit Table(std::vector<std::string_view> heads) : heads_(std::move(heads)) {}

    void add(const std::vector<Cell>& cells);
    bool empty() const { return rows_.empty(); }
    /// The whole element; `name` is read to those who do not see it.
    std::string html(std::string_view name) const;

  private:
    bool is_number(std::size_t column) const { return heads_[column].starts_with('>'); }

    std::vector<std::string_view> heads_;
    std::string rows_;
};

/// A part of the page, which its head leads to.
struct Section {
    std::string_view id;
    std::string_view title;
    std::string body;  ///< markup
    std::string note;  ///< beside the title in the head, "3"; empty: nothing
};

/// The page: it refers to nothing outside itself. `head` is markup below the title; sections without a body are left
/// out.
std::string page(std::string_view title, std::string_view head, const std::vector<Section>& sections);

}  // namespace awaitscope::html
