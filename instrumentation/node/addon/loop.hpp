// SPDX-License-Identifier: MIT
#pragma once

#include <uv.h>

#include "instrumentation/node/addon/task_list.hpp"

namespace awaitscope::node {

/// One of Node's event loops: the main thread's, or a worker's. Lives as long as its environment; one thread.
class Loop {
  public:
    explicit Loop(uv_loop_t* loop);
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    /// This thread's emitter. What is told is told by a callback: where the loop was in its poll, that has ended.
    awaitscope_emitter* emitter();
    awaitscope_loop number() const { return number_; }
    TaskList& tasks() { return tasks_; }
    /// Timers are set and not yet due: as JavaScript knows them.
    void count_timers(std::uint32_t count) { timers_ = count; }

    /// The environment ends: frees the loop when libuv has let go of its handles.
    void close();

  private:
    static void before_poll(uv_prepare_t* handle);
    static void after_poll(uv_check_t* handle);
    static void closed(uv_handle_t* handle);

    void poll_ended(awaitscope_emitter* e);

    const awaitscope_loop number_ = awaitscope_new_loop();
    TaskList tasks_{number_};
    uv_prepare_t prepare_{};
    uv_check_t check_{};
    uv_timer_t look_{};  ///< an idle loop has to look, now and then, whether a viewer asks for its tasks
    int open_handles_ = 3;
    bool is_started_ = false;
    bool is_in_poll_ = false;
    std::int64_t poll_began_ = 0;
    int poll_timeout_ms_ = 0;
    std::uint64_t turns_ = 0;
    std::uint32_t timers_ = 0;
};

}  // namespace awaitscope::node
