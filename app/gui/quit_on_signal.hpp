// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

namespace awaitscope::gui {

/// While it lives, SIGINT and SIGTERM close the windows and end the application, so that a recording gets its end and
/// the layout is remembered. A second signal ends the process at once. One at a time, in the GUI thread.
class QuitOnSignal {
  public:
    QuitOnSignal();
    ~QuitOnSignal();
    QuitOnSignal(const QuitOnSignal&) = delete;
    QuitOnSignal& operator=(const QuitOnSignal&) = delete;

  private:
    QSocketNotifier signalled_;
};

}  // namespace awaitscope::gui
