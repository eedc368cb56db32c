// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace asyncio::detail {

/// Memory for coroutine frames: per-thread free lists by size, since frames of the same few sizes come and go all the
/// time. A frame may be freed in another thread. Under AddressSanitizer it is plain operator new, so that a use after
/// free is seen. Throws std::bad_alloc.
void* allocate_frame(std::size_t size);
void free_frame(void* frame, std::size_t size) noexcept;

}  // namespace asyncio::detail
