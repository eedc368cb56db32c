// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "asyncio/event_loop.hpp"

namespace asyncio::detail {

/// What add_reader and add_writer do for users, but for a descriptor that a transport has.
template <class F>
void watch_descriptor(EventLoop& loop, int fd, bool write, F callback) {
    loop.watch(fd, write, new HandleOf<F>(&loop, std::move(callback)));
}

/// A callback at a descriptor for as long as this lives. One that somebody else has replaced meanwhile is not taken
/// away from him: CPython's `handle` of _add_reader and _add_writer.
class DescriptorWatch {
  public:
    DescriptorWatch() = default;
    template <class F>
    DescriptorWatch(EventLoop& loop, int fd, bool write, F callback)
        : loop_(&loop), handle_(new HandleOf<F>(&loop, std::move(callback))), fd_(fd), write_(write) {
        handle_->add_ref();
        try {
            loop.watch(fd, write, handle_);
        } catch (...) {
            handle_->release();
            throw;
        }
    }
    DescriptorWatch(const DescriptorWatch&) = delete;
    DescriptorWatch& operator=(const DescriptorWatch&) = delete;
    ~DescriptorWatch() { end(); }

    void end() {
        if (!handle_) return;
        HandleNode* const handle = std::exchange(handle_, nullptr);
        if (!handle->cancelled()) loop_->unwatch(fd_, write_);
        handle->release();
    }

  private:
    EventLoop* loop_ = nullptr;
    HandleNode* handle_ = nullptr;
    int fd_ = -1;
    bool write_ = false;
};

}  // namespace asyncio::detail
