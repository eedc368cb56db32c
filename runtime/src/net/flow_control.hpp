// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <utility>

#include "asyncio/event_loop.hpp"
#include "asyncio/protocols.hpp"

namespace asyncio::detail {

/// {low, high} of a buffer, in bytes; what is not given follows from the other: CPython's add_flowcontrol_defaults.
/// ValueError unless high >= low.
std::pair<std::size_t, std::size_t> buffer_limits(std::optional<std::size_t> high, std::optional<std::size_t> low,
                                                  std::size_t default_high);

/// Calls pause_writing() or resume_writing(). An exception of it is reported, and nothing more.
void tell_writing(EventLoop& loop, BaseProtocol& protocol, bool pause);

/// Tells a protocol to pause and to resume its writing, as its transport's buffer fills and drains: CPython's
/// _FlowControlMixin. An exception of the protocol is reported and changes nothing.
class FlowControl {
  public:
    /// {low, high}, in bytes.
    std::pair<std::size_t, std::size_t> limits() const { return limits_; }
    /// ValueError unless high >= low.
    void set_limits(std::optional<std::size_t> high, std::optional<std::size_t> low);
    bool paused() const { return paused_; }

    /// Whenever the buffer has grown, or a limit has changed. `protocol` may be null: nobody is told then.
    void pause_if_full(EventLoop& loop, std::size_t buffered, BaseProtocol* protocol);
    /// Whenever the buffer has shrunk.
    void resume_if_drained(EventLoop& loop, std::size_t buffered, BaseProtocol* protocol);

  private:
    static constexpr std::size_t default_high = 64 * 1024;
    std::pair<std::size_t, std::size_t> limits_{default_high / 4, default_high};
    bool paused_ = false;
};

}  // namespace asyncio::detail
