// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <asyncio/asyncio.hpp>
#include <utility>

namespace awaitscope::test {

/// asyncio::run() with a clock that jumps to the next timer, so that no test sleeps.
template <class Main>
void virtually(Main&& main) {
    asyncio::run(std::forward<Main>(main), {.clock = asyncio::Clock::virtual_time});
}

}  // namespace awaitscope::test
