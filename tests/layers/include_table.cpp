// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layers/include_table.hpp"

#include <algorithm>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace awaitscope::test {
namespace {

bool is_below(std::string_view path, std::string_view folder) {
    return path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

}  // namespace

std::vector<IncludeLine> include_lines(std::string_view text) {
    static const std::regex include(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"].*$)re");
    std::vector<IncludeLine> lines;
    std::istringstream stream{std::string(text)};
    std::string line;
    for (unsigned number = 1; std::getline(stream, line); ++number) {
        if (line.find("include") == std::string::npos) continue;
        std::smatch match;
        if (std::regex_match(line, match, include)) lines.push_back({number, match[2], match[1] == "<"});
    }
    return lines;
}

std::string destination(const IncludeLine& include) {
    const std::string& target = include.target;
    if (target.starts_with("asyncio/")) return "runtime/include/" + target;
    if (target == "awaitscope/awaitscope.h") return "instrumentation/capi/include/" + target;
    if (target.starts_with("awaitscope/asio")) return "instrumentation/asio/include/" + target;
    if (target.starts_with("awaitscope/")) return "instrumentation/probe/include/" + target;
    if (!include.bracketed) {
        // A header that the build makes ("x.moc", "moc_x.cpp") stands beside its file.
        return target.find('/') == std::string::npos ? std::string() : target;
    }
    static const std::pair<std::regex, const char*> libraries[] = {{std::regex("Q[A-Z].*|Qt[A-Z].*"), "@qt"},
                                                                   {std::regex("fmt/.*"), "@fmt"},
                                                                   {std::regex("nlohmann/.*"), "@json"},
                                                                   {std::regex("CLI/.*"), "@cli11"},
                                                                   {std::regex("zstd.*"), "@zstd"},
                                                                   {std::regex("catch2/.*"), "@catch2"},
                                                                   {std::regex("benchmark/.*"), "@benchmark"},
                                                                   {std::regex("openssl/.*"), "@openssl"},
                                                                   {std::regex("curl/.*"), "@curl"},
                                                                   {std::regex("Python\\.h"), "@python"},
                                                                   {std::regex("boost/.*"), "@boost"},
                                                                   {std::regex("(node_api|v8|uv)\\.h"), "@node"}};
    for (const auto& [pattern, name] : libraries)
        if (std::regex_match(target, pattern)) return name;
    return {};
}

IncludeTable IncludeTable::parse(std::string_view text) {
    IncludeTable table;
    std::istringstream stream{std::string(text)};
    std::string line;
    for (unsigned number = 1; std::getline(stream, line); ++number) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto colon = line.find(':');
        if (colon == std::string::npos || colon == 0)
            throw std::runtime_error("line " + std::to_string(number) + ": 'folder: names...' is expected");
        std::istringstream names(line.substr(colon + 1));
        std::vector<std::string> allowed;
        for (std::string name; names >> name;) allowed.push_back(name);
        if (!table.rows_.emplace(line.substr(0, colon), std::move(allowed)).second)
            throw std::runtime_error("line " + std::to_string(number) + ": a second row of this folder");
    }
    return table;
}

IncludeTable::Row IncludeTable::row_of(std::string folder) const {
    while (!folder.empty()) {
        if (auto row = rows_.find(folder); row != rows_.end()) return row;
        folder = folder_of(folder);
    }
    return rows_.end();
}

bool IncludeTable::row_allows(Row row, std::string_view destination) const {
    if (row == rows_.end()) return false;
    return is_below(destination, row->first) || std::ranges::any_of(row->second, [&](const std::string& name) {
               return name == "*" || is_below(destination, name);
           });
}

std::optional<std::string> IncludeTable::objection(const std::string& file, const std::string& destination) const {
    if (destination.empty() || folder_of(file) == folder_of(destination)) return std::nullopt;
    const auto row = row_of(folder_of(file));
    if (row_allows(row, destination)) return std::nullopt;
    if (file.starts_with("tests/")) {
        if (destination == "@catch2" || is_below(destination, "tests/main") || is_below(destination, "tests/support"))
            return std::nullopt;
        const std::string tested = folder_of(file).substr(std::string_view("tests/").size());
        if (is_below(destination, tested) || row_allows(row_of(tested), destination)) return std::nullopt;
        return "a test may include what it tests ('" + tested + "'), what that may, tests/support and its own row";
    }
    if (row == rows_.end()) return "the table has no row for '" + folder_of(file) + "'";
    std::string names;
    for (const auto& name : row->second) names += (names.empty() ? "" : ", ") + name;
    return "'" + row->first + "' may include " + (names.empty() ? "nothing of the tree" : names);
}

}  // namespace awaitscope::test
