// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "instrumentation/ring/session_folder.hpp"
#include "instrumentation/source/merged_source.hpp"
#include "instrumentation/source/session_directory.hpp"

namespace awaitscope {

/// Which sessions belong together.
struct SessionGroup {
    std::vector<int> pids;     ///< these processes
    bool children = true;      ///< and what they start, as it starts
    bool follow = false;       ///< and the same programs started again, with whatever arguments
    std::uint64_t launch = 0;  ///< all of a launch; 0: none
    /// Asked whether more may come although nobody runs now; none: that ends it.
    std::function<bool()> goes_on;
};

class LaunchedProcess;
class LiveSource;

/// All that a launched command starts as one source, once the first of it shares events. Throws SourceError as
/// LaunchedProcess::open() does.
std::unique_ptr<EventSource> open_launch(const std::shared_ptr<LaunchedProcess>& process,
                                         std::optional<std::chrono::milliseconds> patience = std::nullopt);

/// The same, once its first session is open (LaunchedProcess::try_open()).
std::unique_ptr<EventSource> open_launch(const std::shared_ptr<LaunchedProcess>& process,
                                         std::unique_ptr<LiveSource> first);

/// The processes of a group as one source. Throws SourceError when one of its pids shares no events.
std::unique_ptr<EventSource> open_group(const SessionGroup& group);

/// Looks for the sessions of a group that are not known yet. While it lives, those that end stay for a while.
class SessionWatch {
  public:
    explicit SessionWatch(SessionGroup group);
    ~SessionWatch();
    SessionWatch(const SessionWatch&) = delete;
    SessionWatch& operator=(const SessionWatch&) = delete;

    /// Known from now on.
    void take(const SessionEntry& entry);
    /// It was dead before we came: nobody follows it.
    void pass_over(const SessionEntry& entry) { known_.insert(entry.path); }
    /// New ones; those that were there at the first look are opened with what they still hold. What is being made this
    /// moment is looked at again the next time. Cheap: it lists the folder, and opens only what it has not seen there
    /// before.
    MergedSource::Newcomers look();

  private:
    bool belongs(const SessionEntry& entry) const;
    /// Opens those of the strangers that belong, and whom these bring along.
    void admit(std::vector<std::unique_ptr<EventSource>>& sources);

    SessionGroup group_;
    ring::FileDescriptor folder_;
    std::set<std::string> known_;  ///< paths
    /// Seen, and not taken: who belongs to them may be taken yet, and they with it. By path.
    std::map<std::string, SessionEntry> strangers_;
    std::set<int> pids_;                ///< of what is known
    std::set<std::string> programs_;    ///< of what is taken
    std::set<std::uint64_t> launches_;  ///< of what is known, but for 0
    bool looked_ = false;
};

}  // namespace awaitscope
