// SPDX-License-Identifier: GPL-3.0-or-later
// What an event costs that Tracy's client takes: a zone is two, its begin and its end.
#include <tracy/Tracy.hpp>

#include "tests/bench/peers/each.hpp"

int main() {
    awaitscope::bench::print_nanoseconds_each([](std::uint64_t) { ZoneScoped; }, 2);
}
