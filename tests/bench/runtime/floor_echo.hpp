// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/runtime/measure.hpp"

/// An echo server and its clients on bare epoll, with callbacks: what the kernel costs.
namespace awaitscope::bench::floor {

/// Server and clients in one loop.
void echo_workload(Measurement& m);
/// The server alone: prints "PORT N", and serves until the process is killed.
void echo_server(Measurement& m);
/// The clients alone, of a server at the port that the variable BENCH_PORT names: the same for every peer's server.
void echo_client(Measurement& m);

}  // namespace awaitscope::bench::floor
