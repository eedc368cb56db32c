// SPDX-License-Identifier: MIT
#include "runtime/src/net/flow_control.hpp"

#include <string>

#include "asyncio/errors.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio::detail {

void tell_writing(EventLoop& loop, BaseProtocol& protocol, bool pause) {
    try {
        pause ? protocol.pause_writing() : protocol.resume_writing();
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (const SystemExit&) {
        throw;
    } catch (...) {
        hooks::report(loop,
                      {.message = pause ? "protocol.pause_writing() failed" : "protocol.resume_writing() failed",
                       .exception = std::current_exception(),
                       .future = std::nullopt,
                       .handle = std::nullopt},
                      hooks::Report::other);
    }
}

std::pair<std::size_t, std::size_t> buffer_limits(std::optional<std::size_t> high, std::optional<std::size_t> low,
                                                  std::size_t default_high) {
    if (!high) high = low ? 4 * *low : default_high;
    if (!low) low = *high / 4;
    if (*high < *low)
        throw ValueError("high (" + std::to_string(*high) + ") must be >= low (" + std::to_string(*low) +
                         ") must be >= 0");
    return {*low, *high};
}

void FlowControl::set_limits(std::optional<std::size_t> high, std::optional<std::size_t> low) {
    limits_ = buffer_limits(high, low, default_high);
}

void FlowControl::pause_if_full(EventLoop& loop, std::size_t buffered, BaseProtocol* protocol) {
    if (paused_ || buffered <= limits_.second || !protocol) return;
    paused_ = true;
    tell_writing(loop, *protocol, true);
}

void FlowControl::resume_if_drained(EventLoop& loop, std::size_t buffered, BaseProtocol* protocol) {
    if (!paused_ || buffered > limits_.first || !protocol) return;
    paused_ = false;
    tell_writing(loop, *protocol, false);
}

}  // namespace asyncio::detail
