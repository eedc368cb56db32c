// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>
#include <memory>

namespace awaitscope::gui {

/// While it lives, SIGINT and SIGTERM close the windows and end the application, so that a recording gets its end and
/// the layout is remembered. A second signal ends the process at once. One at a time, in the GUI thread.
class QuitOnSignal {
  public:
    /// Needs no application yet: a signal that comes earlier waits for it.
    QuitOnSignal();
    ~QuitOnSignal();
    QuitOnSignal(const QuitOnSignal&) = delete;
    QuitOnSignal& operator=(const QuitOnSignal&) = delete;

    /// Ends the application on a signal, while what it returns lives; that must not outlive the application.
    std::unique_ptr<QSocketNotifier> watch() const;
    /// Whether a signal has come: nobody is to be asked anything any more.
    static bool came();
};

}  // namespace awaitscope::gui
