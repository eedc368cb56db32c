// SPDX-License-Identifier: MIT
#include <algorithm>

#include "instrumentation/probe/session.hpp"

namespace awaitscope::probe {

std::uint64_t Emitter::other_stamp() noexcept {
    if (!virtual_) return ring::monotonic_ns();
    constexpr std::uint64_t step_ns = 1000;
    virtual_stamp_ = virtual_stamped_ ? std::max(virtual_stamp_ + step_ns, virtual_ns_) : virtual_ns_;
    virtual_stamped_ = true;
    return virtual_stamp_ | ring::virtual_time_bit;
}

void Emitter::set_virtual_time(std::int64_t ns) noexcept {
    if (!virtual_) session_->segment().header().virtual_clock.store(1, std::memory_order_relaxed);
    virtual_ = true;
    plain_counter_ = false;
    virtual_ns_ = static_cast<std::uint64_t>(std::max<std::int64_t>(ns, 0));
}

void Emitter::leave_virtual_time() noexcept {
    virtual_ = false;
    plain_counter_ = session_->segment().clock() == ring::ClockKind::counter;
}

std::uint32_t Emitter::intern_place(const char* file, unsigned line, const char* function) noexcept {
    try {
        const std::lock_guard lock{Session::mutex()};
        return session_->add_place(file, line, function);
    } catch (...) {
        return 0;
    }
}

void Emitter::refine_clock() noexcept {
    auto& segment = session_->segment();
    segment.refine_clock();
    // After twice the time: a few dozen refinements in a process's life.
    const std::uint64_t now = ring::counter_ticks();
    refine_at_ = now + (now - segment.epoch().ticks);
}

}  // namespace awaitscope::probe
