// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace awaitscope::cli {

/// While one lives, ctrl-C, SIGTERM and a terminal that hangs up do not end the process but are counted. One at a time.
class Interrupts {
  public:
    Interrupts();
    ~Interrupts();
    Interrupts(const Interrupts&) = delete;
    Interrupts& operator=(const Interrupts&) = delete;

    int count() const;
    /// The last one's number; 0 before.
    int signal() const;
    /// The last one came from the terminal (ctrl-C), which has sent it to what we have started as well.
    bool by_terminal() const;
    /// Sleeps, but not beyond the next interrupt.
    void wait(std::chrono::milliseconds length) const;
};

}  // namespace awaitscope::cli
