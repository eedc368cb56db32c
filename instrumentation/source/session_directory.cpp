// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/session_directory.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>

#include "instrumentation/ring/ring_writer.hpp"
#include "instrumentation/ring/segment_file.hpp"
#include "instrumentation/source/afterlife.hpp"
#include "instrumentation/source/process_facts.hpp"
#include "instrumentation/source/program_name.hpp"
#include "instrumentation/source/source_error.hpp"
#include "instrumentation/source/utf8.hpp"

namespace awaitscope {
namespace {

SessionStatus status_of(const ring::SegmentFile& file) {
    if (file.alive()) return SessionStatus::running;
    return file.facts().ended() || became_another_program(file.facts()) ? SessionStatus::ended : SessionStatus::crashed;
}

}  // namespace

std::optional<SessionEntry> look_at_session(const std::string& path) {
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
    entry.parent = facts.parent;
    entry.launch = facts.launch;
    entry.command = valid_utf8(facts.command);
    entry.name = program_name(valid_utf8(facts.name), entry.command);
    entry.started_unix_ns = static_cast<std::int64_t>(facts.epoch_unix_ns);
    for (const auto& ring : rings) {
        entry.events += ring.head;
        if (ring.loop == 0) continue;
        ++entry.loops;
        entry.tasks_alive += ring.tasks_alive;
    }
    return entry;
}

std::vector<std::string> session_files() {
    const std::string folder_path = ring::session_folder();
    std::string error;
    ring::FileDescriptor folder = ring::open_session_folder(folder_path, false, error);
    if (!folder) {
        if (error.empty()) return {};
        throw SourceError(error);
    }
    const std::unique_ptr<DIR, int (*)(DIR*)> entries{fdopendir(folder.get()), closedir};
    if (!entries) throw SourceError("cannot list " + folder_path);
    folder.release();
    std::vector<std::string> paths;
    while (const dirent* entry = readdir(entries.get()))
        if (std::string_view{entry->d_name}.ends_with(ring::session_suffix))
            paths.push_back(folder_path + "/" + entry->d_name);
    return paths;
}

namespace {

/// What a process's session is called begins so.
std::string session_prefix(const std::string& folder, int pid) {
    return fmt::format("{}/{}-", folder, pid);
}

bool has_session(const std::string& folder, int pid) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().string().starts_with(session_prefix(folder, pid))) return true;
    return false;
}

std::string short_command(int pid) {
    constexpr std::size_t longest = 200;
    const std::string command = valid_utf8(process_command(pid));
    return command.size() <= longest ? command : command.substr(0, ring::utf8_cut(command, longest)) + "\u2026";
}

}  // namespace

void collect_dead_sessions() {
    std::string error;
    if (const auto folder = ring::open_session_folder(ring::session_folder(), false, error))
        ring::collect_dead_sessions(folder.get());
}

const std::vector<SessionEntry>& SessionDirectory::refresh() {
    entries_.clear();
    std::map<std::string, Before> now;
    collect_dead_sessions();
    for (const std::string& path : session_files()) {
        auto entry = look_at_session(path);
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

std::string seen_elsewhere(int pid) {
    const std::string here = ring::session_folder(), there = process_session_folder(pid);
    if (there == here || !has_session(there, pid)) return {};
    return fmt::format("not in {}, but in {}: set AWAITSCOPE_DIR={} for awaitscope, too", here, there, there);
}

std::string why_unseen(int pid) {
    const auto owner = process_owner(pid);
    if (!owner) return "there is no such process";
    if (*owner != geteuid())
        return fmt::format(
            "it belongs to user {}, and what it shares is for that user alone; run awaitscope as that user", *owner);
    if (const std::string elsewhere = seen_elsewhere(pid); !elsewhere.empty()) return elsewhere;
    const std::string again = fmt::format("`awaitscope run -- {}`", short_command(pid));
    if (!python_interpreter(pid).empty())
        return fmt::format(
            "it is a Python program that was not started to be seen; `awaitscope attach --inject {}` makes it visible "
            "while it runs, {} from its beginning (as AWAITSCOPE=1 does, after `awaitscope python install`)",
            pid, again);
    return fmt::format(
        "it runs {}; what is built on Awaitscope's runtime or an adapter of it is visible when it is started by {}, or "
        "with AWAITSCOPE=1 in its environment (`awaitscope list` shows those that are)",
        valid_utf8(process_program(pid)), again);
}

std::string find_session(int pid) {
    SessionDirectory directory;
    const SessionEntry* found = nullptr;
    const std::string named = session_prefix(ring::session_folder(), pid);
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
