// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "asyncio/detail/waiter.hpp"
#include "asyncio/event_loop.hpp"

namespace asyncio::detail {

/// What a primitive is to a viewer: an id and a name. Announced when it is first used in a loop that is watched, since
/// it may be made before any loop runs.
class Primitive {
  public:
    Primitive() = default;
    explicit Primitive(std::string_view name) : name_(name.empty() ? nullptr : new std::string(name)) {}

    /// Its id; announces it. Only while events are shared.
    std::uint64_t announce(EventLoop& loop, SyncKind kind);
    std::uint64_t id() const { return id_; }

    // Each costs one branch while nothing is shared.
    void waits(SyncKind kind) { tell(kind, 0); }
    void acquired(SyncKind kind) { tell(kind, 1); }
    void released(SyncKind kind) { tell(kind, 2); }
    void put(std::size_t size, std::size_t maxsize) { tell_queue(true, size, maxsize); }
    void got(std::size_t size, std::size_t maxsize) { tell_queue(false, size, maxsize); }

  private:
    void tell(SyncKind kind, unsigned event) {
        EventLoop* const loop = running_loop_of_thread;
        if (loop && loop->probe()) [[unlikely]]
            emit(*loop, kind, event);
    }
    void tell_queue(bool put, std::size_t size, std::size_t maxsize) {
        EventLoop* const loop = running_loop_of_thread;
        if (loop && loop->probe()) [[unlikely]]
            emit_queue(*loop, put, size, maxsize);
    }
    void emit(EventLoop& loop, SyncKind kind, unsigned event);
    void emit_queue(EventLoop& loop, bool put, std::size_t size, std::size_t maxsize);

    std::unique_ptr<std::string> name_;
    std::uint64_t id_ = 0;
};

}  // namespace asyncio::detail
