// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::test {

/// Runs a program in this thread, which takes observations, and reads what it told a viewer: a trace of all that this
/// process has run, and which part of it is the program's. It lives as long as the process.
struct ObservedRun {
    const Trace& trace;
    EventIndex begin = 0;
    EventIndex end = 0;
};
ObservedRun observed_run(const std::function<void()>& program);

}  // namespace awaitscope::test
