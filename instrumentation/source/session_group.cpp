// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/session_group.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "instrumentation/source/launch.hpp"
#include "instrumentation/source/live_source.hpp"
#include "instrumentation/source/program_name.hpp"
#include "instrumentation/source/source_error.hpp"

namespace awaitscope {
namespace {

/// The process that started this one; 0 when it is not there any more.
int parent_of(int pid) {
    std::ifstream file(fmt::format("/proc/{}/stat", pid));
    std::string line;
    std::getline(file, line);
    // "PID (NAME) STATE PARENT ...": a name may hold anything, the last bracket ends it.
    const std::size_t end = line.rfind(')');
    int parent = 0;
    if (end != std::string::npos) std::sscanf(line.c_str() + end + 1, " %*c %d", &parent);
    return parent;
}

/// What is the same of a program however it is started: its name, its executable, and the script where that is an
/// interpreter.
std::string program_of(const SessionEntry& entry) {
    std::string executable = entry.command.substr(0, entry.command.find(' '));
    executable.erase(0, executable.rfind('/') + 1);
    return entry.name + '\n' + executable + '\n' + script_of(entry.command);
}

}  // namespace

SessionWatch::SessionWatch(SessionGroup group) : group_(std::move(group)) {
    std::string error;
    folder_ = ring::open_session_folder(ring::session_folder(), false, error);
    if (folder_) ring::watch_session_folder(folder_.get());
}

SessionWatch::~SessionWatch() {
    folder_ = {};
    collect_dead_sessions();
}

void SessionWatch::take(const SessionEntry& entry) {
    known_.insert(entry.path);
    pids_.insert(entry.pid);
    programs_.insert(program_of(entry));
    if (entry.launch != 0) launches_.insert(entry.launch);
}

bool SessionWatch::belongs(const SessionEntry& entry) const {
    if (group_.launch != 0 && entry.launch == group_.launch) return true;
    if (group_.children && launches_.contains(entry.launch)) return true;
    // Also one that has crashed since we looked last.
    if (group_.follow && programs_.contains(program_of(entry))) return true;
    constexpr int generations_max = 64;
    int ancestor = group_.children ? entry.parent : 0;
    for (int i = 0; i < generations_max && ancestor > 1; ++i, ancestor = parent_of(ancestor))
        if (pids_.contains(ancestor)) return true;
    return false;
}

void SessionWatch::admit(std::vector<std::unique_ptr<EventSource>>& sources) {
    const auto is_due = [&](const auto& stranger) { return belongs(stranger.second); };
    for (auto at = strangers_.begin(); (at = std::ranges::find_if(strangers_, is_due)) != strangers_.end();) {
        const auto entry = strangers_.extract(at);
        try {
            const bool from_begin = looked_ || group_.launch != 0;
            sources.push_back(
                std::make_unique<LiveSource>(entry.key(), from_begin ? LiveStart::beginning : LiveStart::now));
            take(entry.mapped());
        } catch (const SourceError&) {
            known_.insert(entry.key());  // gone already
        }
    }
}

MergedSource::Newcomers SessionWatch::look() {
    MergedSource::Newcomers found;
    // Asked before: all sessions of what does not go on any more are there now.
    found.more_may_come = group_.follow || (group_.goes_on && group_.goes_on());
    bool anybody_new = false;
    const std::vector<std::string> paths = session_files();
    for (const std::string& path : paths) {
        if (known_.contains(path) || strangers_.contains(path)) continue;
        auto entry = look_at_session(path);
        found.more_may_come |= !entry;
        if (!entry || entry->status == SessionStatus::refused) continue;
        strangers_.emplace(path, std::move(*entry));
        anybody_new = true;
    }
    const auto is_gone = [&](const std::string& path) { return std::ranges::find(paths, path) == paths.end(); };
    std::erase_if(known_, is_gone);
    std::erase_if(strangers_, [&](const auto& stranger) { return is_gone(stranger.first); });
    if (anybody_new) admit(found.sources);
    looked_ = true;
    return found;
}

std::unique_ptr<EventSource> open_launch(const std::shared_ptr<LaunchedProcess>& process,
                                         std::optional<std::chrono::milliseconds> patience) {
    return open_launch(process, process->open(patience));
}

std::unique_ptr<EventSource> open_launch(const std::shared_ptr<LaunchedProcess>& process,
                                         std::unique_ptr<LiveSource> first) {
    std::vector<std::unique_ptr<EventSource>> sources;
    SessionGroup group;
    group.launch = process->launch();
    group.goes_on = [process] { return process->running(); };
    auto watch = std::make_shared<SessionWatch>(std::move(group));
    watch->take({.path = first->path(), .pid = first->info().pid, .command = first->info().command});
    sources.push_back(std::move(first));
    return std::make_unique<MergedSource>(std::move(sources), [watch] { return watch->look(); });
}

std::unique_ptr<EventSource> open_group(const SessionGroup& group) {
    auto watch = std::make_shared<SessionWatch>(group);
    std::vector<std::unique_ptr<EventSource>> sources;
    SessionDirectory directory;
    directory.refresh();
    for (int pid : group.pids) {
        const std::string path = find_session(pid);
        sources.push_back(std::make_unique<LiveSource>(path));
        for (const SessionEntry& entry : directory.entries())
            if (entry.path == path) watch->take(entry);
    }
    for (const SessionEntry& entry : directory.entries())
        if (entry.status != SessionStatus::running) watch->pass_over(entry);
    for (const auto& source : sources)
        if (const SourceInfo& info = source->info(); sources.size() > 1 && info.virtual_clock)
            throw SourceError(
                fmt::format("process {} ({}) runs on a virtual clock, which is nobody else's: look at it alone",
                            info.pid, info.name));
    if (sources.empty()) sources = watch->look().sources;
    if (sources.empty()) throw SourceError("no process of the group shares events");
    return std::make_unique<MergedSource>(std::move(sources), [watch] { return watch->look(); });
}

}  // namespace awaitscope
