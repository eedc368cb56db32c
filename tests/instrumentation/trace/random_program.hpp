// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "instrumentation/event/event.hpp"

namespace awaitscope::test {

/// The events of a made-up program, the same for the same seed: tasks that create others, sleep, take locks, pass items
/// through queues, watch descriptors and end, in an order that a real loop could have.
std::vector<Event> random_program(std::uint64_t seed, std::size_t events);

}  // namespace awaitscope::test
