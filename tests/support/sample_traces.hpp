// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace awaitscope::test {

// Texts for TextTrace and text_source, each the trace of a program as one meets it.

/// SCENARIOS.md's gather-factorial under the virtual clock: three factorials that take turns at sleeping a second.
std::string gather_factorial();

/// `count` tasks that run and sleep for a while, `steps` times each; with `seed` always the same.
std::string many_tasks(int count, int steps, unsigned seed = 1);

/// A server that echoes to `clients` connections, `messages` each, with a mark, a loss of events and a warning.
std::string echo_traffic(int clients, int messages);

/// A web server with two loops and a worker process, as a recording of both tells it.
std::string two_processes();

/// Locks, queues, threads, a failure and a cancellation: one of everything that looks different.
std::string all_kinds();

}  // namespace awaitscope::test
