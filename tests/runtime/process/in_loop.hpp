// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <asyncio/asyncio.hpp>

#include "tests/runtime/process/open_descriptors.hpp"

namespace awaitscope::test {

/// Runs `body` on a new loop; no descriptor may be left open, and no child be there.
template <class Body>
void in_loop(Body body) {
    const NothingLeft nothing_left;
    asyncio::run(body);
}

}  // namespace awaitscope::test
