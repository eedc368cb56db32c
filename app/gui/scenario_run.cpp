// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/scenario_run.hpp"

#include <csignal>
#include <filesystem>

namespace awaitscope {

ScenarioRun::ScenarioRun(const std::string& name, bool real_clock) {
    constexpr std::chrono::seconds patience{20};
    LaunchOptions options;
    options.command = {std::filesystem::read_symlink("/proc/self/exe"),
                       "scenario",
                       name,
                       "--headless",
                       "--clock",
                       real_clock ? "real" : "virtual"};
    options.capture_output = true;
    child_ = std::make_unique<LaunchedProcess>(options);
    events_ = child_->open(patience);
}

bool ScenarioRun::is_one(const std::string& command) {
    return command.starts_with(std::filesystem::read_symlink("/proc/self/exe").string() + " scenario ");
}

ScenarioRun::~ScenarioRun() {
    end();
}

void ScenarioRun::end() {
    if (!child_->running()) return;
    child_->terminate(SIGTERM);
    child_->wait();
}

SourceState ScenarioRun::read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) {
    return events_->read(symbols, out, limit);
}

std::string ScenarioRun::note() const {
    const std::string note = events_->note();
    return !note.empty() && child_->wait() == 0 ? std::string() : note;
}

}  // namespace awaitscope
