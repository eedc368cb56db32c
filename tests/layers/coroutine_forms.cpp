// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layers/coroutine_forms.hpp"

#include <algorithm>
#include <regex>

namespace awaitscope::test {
namespace {

/// The text with comments and the contents of literals blanked out; every character keeps its place.
std::string blank_comments_and_literals(std::string_view source) {
    std::string text(source);
    const auto blank = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < std::min(to, text.size()); ++i)
            if (text[i] != '\n') text[i] = ' ';
    };
    for (std::size_t i = 0; i < text.size();) {
        if (text.compare(i, 2, "//") == 0) {
            const auto end = std::min(text.find('\n', i), text.size());
            blank(i, end);
            i = end;
        } else if (text.compare(i, 2, "/*") == 0) {
            const auto end = std::min(text.find("*/", i + 2), text.size() - 2) + 2;
            blank(i, end);
            i = end;
        } else if (text.compare(i, 2, "R\"") == 0) {
            const auto open = std::min(text.find('(', i), text.size());
            const std::string close = ")" + text.substr(i + 2, open - i - 2) + "\"";
            const auto end = std::min(text.find(close, open), text.size() - close.size()) + close.size();
            blank(i, end);
            i = end;
        } else if (text[i] == '"' ||
                   (text[i] == '\'' && (i == 0 || !std::isalnum(static_cast<unsigned char>(text[i - 1]))))) {
            std::size_t end = i + 1;
            while (end < text.size() && text[end] != text[i] && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
            blank(i + 1, end);
            i = end + 1;
        } else {
            ++i;
        }
    }
    return text;
}

/// What stands between the bracket at `open` and the one that closes it, without what stands in braces in between (the
/// body of a lambda is another function).
std::string inside(const std::string& text, std::size_t open) {
    std::string content;
    int parentheses = 0;
    int braces = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        if (text[i] == '{') ++braces;
        if (text[i] == '}') --braces;
        if (text[i] == '(' && braces == 0) ++parentheses;
        if (text[i] == ')' && braces == 0 && --parentheses == 0) break;
        if (i > open && braces == 0) content += text[i];
    }
    return content;
}

unsigned line_of(const std::string& text, std::size_t position) {
    return 1 +
           static_cast<unsigned>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
}

bool declares(const std::string& condition) {
    static const std::regex declaration(R"(^\s*(const\s+)?[\w:]+(<[^=]*>)?[\s&*]+(\w+|\[[\w\s,]+\])\s*=[^=])");
    return std::regex_search(condition, declaration);
}

void find_conditions(const std::string& text, std::vector<BadForm>& found) {
    static const std::regex head(R"(\b(if|while|switch|for)\s*\()");
    for (std::sregex_iterator match(text.begin(), text.end(), head), end; match != end; ++match) {
        const auto open = static_cast<std::size_t>(match->position() + match->length() - 1);
        std::string condition = inside(text, open);
        if ((*match)[1] == "for") {
            const auto first = condition.find(';');
            if (first == std::string::npos) continue;  // over a range
            condition = condition.substr(first + 1, condition.find(';', first + 1) - first - 1);
        }
        if (condition.find("co_await") != std::string::npos && !declares(condition))
            found.push_back({line_of(text, open),
                             "co_await in the condition of " + (*match)[1].str() + ": await into a local first"});
    }
}

}  // namespace

std::vector<BadForm> bad_coroutine_forms(std::string_view source) {
    if (source.find("co_await") == std::string_view::npos) return {};
    static const std::pair<std::regex, const char*> forms[] = {
        {std::regex(R"re(\bco_await\b[^;{}]*[(,]\s*\[\s*(=|(?!this\s*[,\]])[A-Za-z_]\w*\s*[,\]=]))re"),
         "a lambda that captures by value inside a co_await expression: name it in a statement before"},
        {std::regex(R"(\?\s*co_await\b|\?[^;:{}]*:\s*co_await\b)"), "co_await in an arm of ?: : split the statement"},
        {std::regex(R"(\bthrow\b[^;{}]*\bco_await\b)"), "throw of an awaited value: await into a local first"},
        {std::regex(R"(\bnew\b[^;{}]*\bco_await\b)"), "new of an awaited value: await into a local first"},
        {std::regex(R"(\(\s*\{[^}]*\bco_await\b)"), "co_await in a statement expression"},
    };
    const std::string text = blank_comments_and_literals(source);
    std::vector<BadForm> found;
    find_conditions(text, found);
    for (const auto& [pattern, rule] : forms)
        for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match)
            found.push_back({line_of(text, static_cast<std::size_t>(match->position())), rule});
    std::ranges::sort(found, {}, &BadForm::line);
    return found;
}

}  // namespace awaitscope::test
