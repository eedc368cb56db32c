// SPDX-License-Identifier: GPL-3.0-or-later
// Replaces operator new for the whole program, to count its calls.
#include <cstdlib>
#include <new>

#include "tests/bench/runtime/measure.hpp"

namespace {
[[maybe_unused]] const bool counted = awaitscope::bench::allocations_counted = true;
}

void* operator new(std::size_t size) {
    ++awaitscope::bench::allocations;
    if (void* memory = std::malloc(size ? size : 1)) return memory;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return std::malloc(size ? size : 1);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
