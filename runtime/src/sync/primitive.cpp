// SPDX-License-Identifier: MIT
#include "asyncio/detail/primitive.hpp"

#include "instrumentation/probe/emit.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio::detail {

std::uint64_t Primitive::announce(EventLoop& loop, SyncKind kind) {
    if (id_ == 0) {
        id_ = awaitscope::probe::next_id();
        hooks::sync_created(loop, kind, id_, name_ ? *name_ : std::string_view{});
    }
    return id_;
}

void Primitive::emit(EventLoop& loop, SyncKind kind, unsigned event) {
    hooks::sync_event(loop, static_cast<hooks::SyncEvent>(event), kind, announce(loop, kind));
}

void Primitive::emit_queue(EventLoop& loop, bool put, std::size_t size, std::size_t maxsize) {
    hooks::queue_event(loop, put, announce(loop, SyncKind::queue), size, maxsize);
}

}  // namespace asyncio::detail
