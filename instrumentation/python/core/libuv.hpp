// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/adapter.hpp"

namespace awaitscope::python {

/// The turns and polls of a loop of uvloop's, by libuv's own hooks, and an answer to viewers while it is idle: from
/// begin() to end(), which both its thread calls, around the loop's run. What is told in between is told by a callback:
/// where the loop was in its poll, that has ended.
class LibuvWatch {
  public:
    /// Watches `object`, where it is a loop of uvloop's and uses the libuv of this system (Debian's does; wheels bring
    /// one of their own, which nobody can reach); else does nothing.
    static void begin(Loop& loop, PyObject* object);
    static void end(Loop& loop);

    explicit LibuvWatch(Loop& loop) : loop_(loop) {}
    void poll_ended();

  private:
    static void before_poll(void* handle);
    static void after_poll(void* handle);
    static void look(void*) {}
    static void closed(void* handle);
    void* make_handle(int type);

    Loop& loop_;
    void* uv_loop_ = nullptr;
    void* handles_[3] = {};
    int open_handles_ = 0;
    bool is_in_poll_ = false;
    std::int64_t poll_began_ = 0;
    int poll_timeout_ms_ = 0;
};

}  // namespace awaitscope::python
