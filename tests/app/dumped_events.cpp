// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/dumped_events.hpp"

#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "tests/app/child.hpp"

namespace awaitscope::test {

std::vector<DumpedEvent> dumped_events(const std::string& file_or_pid) {
    const Finished dump = run_awaitscope({"dump", file_or_pid, "--json"});
    if (dump.exit_code != 0) throw std::runtime_error("dump failed: " + dump.err);
    std::vector<DumpedEvent> events;
    std::istringstream lines(dump.out);
    for (std::string line; std::getline(lines, line);) {
        const auto object = nlohmann::json::parse(line);
        events.push_back({object.at("event"), object.at("t"), object.value("fd", -1), object.value("bytes", 0LL),
                          object.value("text", std::string())});
    }
    return events;
}

std::vector<Traffic> traffic(const std::vector<DumpedEvent>& events) {
    std::vector<Traffic> connections;
    std::map<int, std::size_t> open;  // descriptor: number in `connections`
    for (const auto& event : events) {
        if (event.kind == "connection_made") {
            open[event.fd] = connections.size();
            connections.emplace_back();
        }
        const auto found = open.find(event.fd);
        if (event.fd < 0 || found == open.end()) continue;
        Traffic& moved = connections[found->second];
        if (event.kind == "io_read") moved.push_back(event.bytes ? "r" + std::to_string(event.bytes) : "end");
        if (event.kind == "io_write") moved.push_back("w" + std::to_string(event.bytes));
        if (event.kind == "connection_lost") {
            moved.push_back("lost");
            open.erase(found);
        }
    }
    return connections;
}

}  // namespace awaitscope::test
