// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "asyncio/asyncio.hpp"

namespace awaitscope::test {

using asyncio::Coroutine;

/// What a program tells a viewer: this process shares its events, and they are read back from its session.
class RecordedEvents {
  public:
    /// Those of `main`, run as asyncio::run does.
    explicit RecordedEvents(const std::function<Coroutine<>()>& main);

    const std::vector<nlohmann::json>& all() const { return events_; }
    std::vector<nlohmann::json> of(const std::string& kind) const;
    /// The first of that kind in which every field of `fields` has that value; a null json when there is none.
    nlohmann::json find(const std::string& kind, const nlohmann::json& fields = nlohmann::json::object()) const;
    /// The id of the task of that name; 0 when there is none.
    std::uint64_t task(const std::string& name) const;
    /// The kinds of the events of a task, in order.
    std::string story_of(std::uint64_t task) const;

  private:
    std::vector<nlohmann::json> events_;
};

}  // namespace awaitscope::test
