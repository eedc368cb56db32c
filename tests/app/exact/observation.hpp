// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace awaitscope::test {

/// What the runtime itself says of its loop at a moment, by nothing but its public introspection.
struct Observation {
    struct Task {
        std::uint64_t id = 0;
        std::string coroutine;                  ///< its bare name: the task's may change
        std::string place;                      ///< "file.cpp:12" where it stands in its own source
        std::vector<std::uint64_t> awaited_by;  ///< the tasks that wait for it, in whatever way, by id
        auto operator<=>(const Task&) const = default;
    };
    std::vector<Task> alive;               ///< by id
    std::uint64_t running = 0;             ///< the running task's id; 0 in a callback
    std::vector<std::uint64_t> done;       ///< of the tasks seen alive before, by id
    std::vector<std::uint64_t> cancelled;  ///< of these, those cancelled
};

/// Takes an observation, and leaves a mark among the events, by which it is found again; nothing where no loop runs.
void observe();

/// Those taken so far; the n-th one's mark is "observation n".
const std::vector<Observation>& observations();

}  // namespace awaitscope::test
