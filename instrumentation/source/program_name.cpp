// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/program_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace awaitscope {
namespace {

std::string_view without_folder(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

/// "python3.11" is one of "python".
bool is_one_of(std::string_view name, std::string_view interpreter) {
    if (!name.starts_with(interpreter)) return false;
    name.remove_prefix(interpreter.size());
    return name.find_first_not_of("0123456789.") == name.npos;
}

bool is_python(std::string_view name) {
    return is_one_of(name, "python") || is_one_of(name, "pypy");
}

bool is_node(std::string_view name) {
    return is_one_of(name, "node");
}

/// The words of a command, one after the other.
class Words {
  public:
    explicit Words(std::string_view text) : left_(text) {}
    /// Empty: there is none left.
    std::string_view next() {
        left_.remove_prefix(std::min(left_.find_first_not_of(' '), left_.size()));
        const std::string_view word = left_.substr(0, left_.find(' '));
        left_.remove_prefix(word.size());
        return word;
    }

  private:
    std::string_view left_;
};

/// Options of one letter may stand together: -um MODULE.
std::string_view python_script(Words& words) {
    for (std::string_view word = words.next(); !word.empty(); word = words.next()) {
        if (!word.starts_with('-')) return word;
        if (word.starts_with("--")) {
            if (word == "--check-hash-based-pycs") words.next();
            continue;
        }
        const std::size_t at = word.find_first_of("cmXW", 1);
        if (at == word.npos) continue;
        const std::string_view rest = word.substr(at + 1);
        if (word[at] == 'c') break;
        if (word[at] == 'm') return rest.empty() ? words.next() : rest;
        if (rest.empty()) words.next();
    }
    return {};
}

std::string_view node_script(Words& words) {
    constexpr std::array of_text = {"-e", "-p", "-pe", "--eval", "--print"};
    constexpr std::array with_word = {"-r", "--require", "--import", "--loader", "-C", "--conditions"};
    for (std::string_view word = words.next(); !word.empty(); word = words.next()) {
        if (!word.starts_with('-')) return word;
        if (std::ranges::find(of_text, word) != of_text.end()) break;
        if (std::ranges::find(with_word, word) != with_word.end()) words.next();
    }
    return {};
}

}  // namespace

std::string script_of(std::string_view command) {
    Words words(command);
    const std::string_view program = without_folder(words.next());
    if (is_python(program)) return std::string(python_script(words));
    if (is_node(program)) return std::string(node_script(words));
    return {};
}

std::string program_name(std::string_view name, std::string_view command) {
    const std::string script = is_python(name) || is_node(name) ? script_of(command) : std::string();
    return script.empty() ? std::string(name) : fmt::format("{} ({})", without_folder(script), name);
}

}  // namespace awaitscope
