// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/session_directory.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>

#include "instrumentation/ring/segment_file.hpp"
#include "instrumentation/source/afterlife.hpp"
#include "instrumentation/source/source_error.hpp"
#include "instrumentation/source/utf8.hpp"

namespace awaitscope {
namespace {

SessionStatus status_of(const ring::SegmentFile& file) {
    if (file.alive()) return SessionStatus::running;
    return file.facts().ended() || became_another_program(file.facts()) ? SessionStatus::ended : SessionStatus::crashed;
}

/// What one file says; nothing when it is being made this moment.
std::optional<SessionEntry> look_at(const std::string& path) {
    SessionEntry entry;
    entry.path = path;
    std::vector<ring::RingFacts> rings;
    const auto file = ring::SegmentFile::open(path, entry.problem);
    if (!file && entry.problem.empty()) return std::nullopt;
    if (file && !file->read_rings(rings)) entry.problem = path + " is cut short";
    if (!entry.problem.empty()) return entry;
    const auto& facts = file->facts();
    entry.status = status_of(*file);
    entry.pid = facts.pid;
    entry.launch = facts.launch;
    entry.name = valid_utf8(facts.name);
    entry.command = valid_utf8(facts.command);
    entry.started_unix_ns = static_cast<std::int64_t>(facts.epoch_unix_ns);
    for (const auto& ring : rings) {
        entry.events += ring.head;
        if (ring.loop == 0) continue;
        ++entry.loops;
        entry.tasks_alive += ring.tasks_alive;
    }
    return entry;
}

std::vector<std::string> session_files(const std::string& folder_path) {
    std::string error;
    ring::FileDescriptor folder = ring::open_session_folder(folder_path, false, error);
    if (!folder) {
        if (error.empty()) return {};
        throw SourceError(error);
    }
    ring::collect_dead_sessions(folder.get());
    const std::unique_ptr<DIR, int (*)(DIR*)> entries{fdopendir(folder.get()), closedir};
    if (!entries) throw SourceError("cannot list " + folder_path);
    folder.release();
    std::vector<std::string> paths;
    while (const dirent* entry = readdir(entries.get()))
        if (std::string_view{entry->d_name}.ends_with(ring::session_suffix))
            paths.push_back(folder_path + "/" + entry->d_name);
    return paths;
}

}  // namespace

std::optional<unsigned> process_owner(int pid) {
    // Not the owner of the folder: that is root where a process has changed its user.
    std::ifstream status(fmt::format("/proc/{}/status", pid));
    for (std::string word; status >> word;) {
        unsigned real = 0, effective = 0;
        if (word == "Uid:" && status >> real >> effective) return effective;
    }
    return std::nullopt;
}

const std::vector<SessionEntry>& SessionDirectory::refresh() {
    entries_.clear();
    std::map<std::string, Before> now;
    for (const std::string& path : session_files(ring::session_folder())) {
        auto entry = look_at(path);
        if (!entry) continue;
        const auto when = std::chrono::steady_clock::now();
        if (const auto earlier = before_.find(path); earlier != before_.end()) {
            const std::chrono::duration<double> passed = when - earlier->second.when;
            if (passed.count() > 0 && entry->events >= earlier->second.events)
                entry->events_per_second = static_cast<double>(entry->events - earlier->second.events) / passed.count();
        }
        now[path] = {entry->events, when};
        entries_.push_back(std::move(*entry));
    }
    before_ = std::move(now);
    std::ranges::sort(entries_, [](const SessionEntry& one, const SessionEntry& other) {
        if (one.started_unix_ns != other.started_unix_ns) return one.started_unix_ns > other.started_unix_ns;
        return one.path < other.path;
    });
    return entries_;
}

std::vector<SessionEntry> list_sessions(std::chrono::milliseconds between) {
    SessionDirectory directory;
    directory.refresh();
    std::this_thread::sleep_for(between);
    return directory.refresh();
}

bool shares_events(int pid) {
    return std::ranges::any_of(SessionDirectory().refresh(), [&](const SessionEntry& entry) {
        return entry.pid == pid && entry.status == SessionStatus::running;
    });
}

std::string why_unseen(int pid) {
    if (const auto owner = process_owner(pid); !owner)
        return "there is no such process";
    else if (*owner != geteuid())
        return fmt::format(
            "it belongs to user {}, and what it shares is for that user alone; run awaitscope as that user", *owner);
    return "start it with AWAITSCOPE=1 in its environment (`awaitscope list` shows those that do)";
}

std::string find_session(int pid) {
    SessionDirectory directory;
    const SessionEntry* found = nullptr;
    const std::string named = fmt::format("{}/{}-", ring::session_folder(), pid);
    for (const SessionEntry& entry : directory.refresh()) {
        if (!entry.problem.empty() && entry.path.starts_with(named)) throw SourceError(entry.problem);
        if (entry.pid != pid) continue;
        if (entry.status == SessionStatus::running) return entry.path;
        if (!found) found = &entry;
    }
    if (found) return found->path;
    throw SourceError(fmt::format("process {} shares no events: {}", pid, why_unseen(pid)));
}

}  // namespace awaitscope
