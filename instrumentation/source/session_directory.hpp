// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace awaitscope {

enum class SessionStatus {
    running,
    ended,    ///< left through exit(), or so to be understood, and was told to leave its session
    crashed,  ///< killed, crashed, or left through _exit() without a word: its last events can be read
    refused,  ///< not opened: `problem` says why
};

/// An instrumented process of this user, alive or not.
struct SessionEntry {
    std::string path;
    SessionStatus status = SessionStatus::refused;
    std::string problem;  ///< why it was not opened, in one line
    int pid = 0;
    int parent = 0;            ///< who started it
    std::uint64_t launch = 0;  ///< ring::SessionHeader::launch
    std::string name;
    std::string command;
    unsigned loops = 0;
    std::uint64_t tasks_alive = 0;
    std::uint64_t events = 0;      ///< since the process began
    double events_per_second = 0;  ///< between the last two calls of refresh(); 0 the first time
    std::int64_t started_unix_ns = 0;
};

/// The files of the sessions there are, in any order; quick. Throws SourceError when the folder is not ours to look
/// into; one that is not there has none.
std::vector<std::string> session_files();

/// What one of them says; nothing when it is being made this moment.
std::optional<SessionEntry> look_at_session(const std::string& path);

/// Removes what dead processes left too long. Quiet about what it may not look into.
void collect_dead_sessions();

/// The sessions there are. One thread.
class SessionDirectory {
  public:
    /// Looks again, and collects what dead processes left too long. Newest first. Throws SourceError when the folder
    /// is not ours to look into; a folder that is not there is an empty list.
    const std::vector<SessionEntry>& refresh();
    const std::vector<SessionEntry>& entries() const { return entries_; }

  private:
    struct Before {
        std::uint64_t events = 0;
        std::chrono::steady_clock::time_point when;
    };
    std::vector<SessionEntry> entries_;
    std::map<std::string, Before> before_;
};

/// Two looks, so that events_per_second is known: blocks that long.
std::vector<SessionEntry> list_sessions(std::chrono::milliseconds between = std::chrono::milliseconds(200));

/// Whether a process shares events: what a dead one with that pid has left does not count. Throws SourceError when the
/// folder is not ours to look into.
bool shares_events(int pid);

/// "not in FOLDER, but in OTHER: ...", of a process that has its session where we do not look; empty otherwise.
std::string seen_elsewhere(int pid);

/// Why a process has no session that we could read, and what to do, in the words of the errors below.
std::string why_unseen(int pid);

/// The session file of a process: the living one's, else the newest of a dead one with that pid. Throws SourceError,
/// which says why there is none.
std::string find_session(int pid);

}  // namespace awaitscope
