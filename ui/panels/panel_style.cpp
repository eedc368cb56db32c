// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel_style.hpp"

namespace awaitscope::ui {

const QColor& PanelStyle::wait(WaitKind kind) const {
    switch (kind) {
        case WaitKind::sleep:
        case WaitKind::timeout:
            return sleep;
        case WaitKind::gather:
        case WaitKind::group:
        case WaitKind::task:
        case WaitKind::future:
            return gather;
        case WaitKind::lock:
        case WaitKind::event:
        case WaitKind::condition:
        case WaitKind::semaphore:
        case WaitKind::barrier:
            return lock;
        case WaitKind::queue_get:
        case WaitKind::queue_put:
            return queue;
        case WaitKind::io:
        case WaitKind::thread:
        case WaitKind::process:
            return io;
        case WaitKind::yield:
            return ready;
        case WaitKind::none:
            break;
    }
    return other;
}

const QColor& PanelStyle::state(TaskState state, WaitKind on) const {
    switch (state) {
        case TaskState::ready:
            return ready;
        case TaskState::running:
            return running;
        case TaskState::waiting:
            return wait(on);
        case TaskState::finished:
            return finished;
        case TaskState::cancelled:
            return cancelled;
        case TaskState::failed:
            return failed;
        case TaskState::unborn:
            break;
    }
    return textFaint;
}

}  // namespace awaitscope::ui
