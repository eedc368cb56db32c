// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <thread>
#include <vector>

#include "ui/window/window_services.hpp"

namespace awaitscope::gui {

// Running Pythons that were not started to be seen, for the window (WindowServices).

std::vector<ui::ProcessEntry> unprepared_entries();
ui::InjectionOffer offer_injection(int pid);

/// Those under way. One that is broken off could leave its target stopped for ever, so that its end waits for all of
/// them. Made, used and ended on the GUI thread, within the application's life.
class Injections {
  public:
    /// Returns at once; `done` is called later, on the GUI thread, with an empty text or with why it failed.
    void start(int pid, std::function<void(QString error)> done);

  private:
    std::vector<std::jthread> threads_;
};

}  // namespace awaitscope::gui
