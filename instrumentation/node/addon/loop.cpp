// SPDX-License-Identifier: MIT
#include "instrumentation/node/addon/loop.hpp"

#include <string>

namespace awaitscope::node {
namespace {

constexpr std::uint64_t look_every_ms = 100;

Loop& owner(void* data) {
    return *static_cast<Loop*>(data);
}

void no_operation(uv_timer_t*) {}

}  // namespace

Loop::Loop(uv_loop_t* loop) {
    uv_prepare_init(loop, &prepare_);
    uv_check_init(loop, &check_);
    uv_timer_init(loop, &look_);
    prepare_.data = check_.data = look_.data = this;
    uv_prepare_start(&prepare_, before_poll);
    uv_check_start(&check_, after_poll);
    uv_timer_start(&look_, no_operation, look_every_ms, look_every_ms);  // the turn that it causes looks
    for (uv_handle_t* const handle : {reinterpret_cast<uv_handle_t*>(&prepare_),
                                      reinterpret_cast<uv_handle_t*>(&check_), reinterpret_cast<uv_handle_t*>(&look_)})
        uv_unref(handle);
}

awaitscope_emitter* Loop::emitter() {
    awaitscope_emitter* const e = awaitscope_thread_emitter();
    if (!e) return nullptr;
    if (!is_started_) {
        is_started_ = true;
        const std::string name = number_ == 1 ? "Node.js" : "Node.js, worker " + std::to_string(number_ - 1);
        awaitscope_loop_started(e, number_, name.c_str());
    }
    if (is_in_poll_) poll_ended(e);
    return e;
}

void Loop::before_poll(uv_prepare_t* handle) {
    Loop& self = owner(handle->data);
    if (!self.emitter()) return;
    self.poll_began_ = static_cast<std::int64_t>(uv_hrtime());
    self.poll_timeout_ms_ = uv_backend_timeout(handle->loop);
    self.is_in_poll_ = true;
}

void Loop::after_poll(uv_check_t* handle) {
    Loop& self = owner(handle->data);
    awaitscope_emitter* const e = self.emitter();
    if (awaitscope_snapshot_wanted(e)) self.tasks_.tell_alive(e);
}

void Loop::poll_ended(awaitscope_emitter* e) {
    is_in_poll_ = false;
    const std::int64_t timeout_us = poll_timeout_ms_ < 0 ? -1 : std::int64_t{poll_timeout_ms_} * 1000;
    awaitscope_poll(e, number_, timeout_us, uv_hrtime() - static_cast<std::uint64_t>(poll_began_), 0);
    awaitscope_iteration(e, number_, ++turns_, 0, timers_, tasks_.size());
}

void Loop::close() {
    awaitscope_loop_stopped(emitter(), number_);
    uv_close(reinterpret_cast<uv_handle_t*>(&prepare_), closed);
    uv_close(reinterpret_cast<uv_handle_t*>(&check_), closed);
    uv_close(reinterpret_cast<uv_handle_t*>(&look_), closed);
}

void Loop::closed(uv_handle_t* handle) {
    Loop* const self = &owner(handle->data);
    if (--self->open_handles_ == 0) delete self;
}

}  // namespace awaitscope::node
