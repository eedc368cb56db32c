// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/runtime/oracle/oracle.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

namespace awaitscope::test::oracle {
namespace {

std::ifstream open(const std::string& file) {
    std::ifstream in(std::string(AWAITSCOPE_ORACLE_FOLDER "/") + file);
    if (!in) throw std::runtime_error("cannot read " AWAITSCOPE_ORACLE_FOLDER "/" + file);
    return in;
}

std::map<std::string, Expected> load(const std::string& file) {
    std::ifstream in = open(file);
    std::map<std::string, Expected> all;
    const auto json = nlohmann::json::parse(in);
    for (const auto& [name, scenario] : json.at("scenarios").items()) {
        Expected& expected = all[name];
        expected.error = scenario.value("error", "");
        for (const auto& line : scenario.at("lines"))
            expected.lines.push_back({line.at(0).get<std::uint64_t>(), line.at(1).get<double>(), line.at(2)});
    }
    return all;
}

std::string repr(const std::string& text) {
    const auto colon = text.find(": ");
    return colon == std::string::npos ? text + "('')" : text.substr(0, colon) + "('" + text.substr(colon + 2) + "')";
}

}  // namespace

const std::map<std::string, Expected>& expected(const std::string& file) {
    static std::map<std::string, std::map<std::string, Expected>> files;
    auto found = files.find(file);
    if (found == files.end()) found = files.emplace(file, load(file)).first;
    return found->second;
}

std::map<std::string, std::string> skipped() {
    std::ifstream in = open("skipped.txt");
    std::map<std::string, std::string> reasons;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.front() == '#') continue;
        const auto colon = line.find(": ");
        if (colon == std::string::npos) throw std::runtime_error("skipped.txt: no reason in \"" + line + '"');
        reasons[line.substr(0, colon)] = line.substr(colon + 2);
    }
    return reasons;
}

std::map<std::string, LoggedProgram>& programs() {
    static std::map<std::string, LoggedProgram> all;
    return all;
}

void compare(const std::string& scenario, const LoggedProgram& program) {
    const auto found = expected("expected.json").find(scenario);
    REQUIRE(found != expected("expected.json").end());
    std::vector<LoopLog::Line> lines = run_logged(program);
    std::string error;
    if (!lines.empty() && lines.back().text.starts_with("raised ")) {
        error = repr(lines.back().text.substr(std::string_view("raised ").size()));
        lines.pop_back();
    }
    CHECK(to_text(lines) == to_text(found->second.lines));
    CHECK(error == found->second.error);
}

std::string repr(const std::exception_ptr& exception) {
    return repr(asyncio::to_string(exception));
}

}  // namespace awaitscope::test::oracle
