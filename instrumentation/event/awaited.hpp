// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "instrumentation/event/event_kind.hpp"

namespace awaitscope {

/// The kind of primitive that a task waits for; nothing where what it waits for is none.
constexpr std::optional<SyncKind> awaited_primitive(WaitKind on) {
    switch (on) {
        case WaitKind::lock:
            return SyncKind::lock;
        case WaitKind::event:
            return SyncKind::event;
        case WaitKind::condition:
            return SyncKind::condition;
        case WaitKind::semaphore:
            return SyncKind::semaphore;
        case WaitKind::barrier:
            return SyncKind::barrier;
        case WaitKind::queue_get:
        case WaitKind::queue_put:
            return SyncKind::queue;
        default:
            return std::nullopt;
    }
}

}  // namespace awaitscope
