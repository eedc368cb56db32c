// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/sleep_timer.hpp"

namespace awaitscope {

std::optional<SleepTimer> sleep_timer(const Trace& trace, const Span& sleep) {
    constexpr EventIndex look_back = 16;
    const Event& begin = trace.event(sleep.event);
    for (EventIndex i = sleep.event; i > 0 && sleep.event - i < look_back; --i) {
        const Event& event = trace.event(i - 1);
        if (event.task() != begin.task()) continue;
        if (event.kind() == EventKind::task_running) break;
        if (event.kind() != EventKind::timer_set || event.bc() < event.time ||
            event.bc() > static_cast<std::uint64_t>(open_end))
            continue;
        return SleepTimer{static_cast<Nanoseconds>(event.time), static_cast<Nanoseconds>(event.bc())};
    }
    return std::nullopt;
}

}  // namespace awaitscope
