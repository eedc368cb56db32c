// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/runtime/stress/failing_memory.hpp"

#include <cstdlib>
#include <new>

namespace {
thread_local constinit long until_failure = 0;  // 0: none is to fail
thread_local constinit bool has_failed = false;
}  // namespace

namespace awaitscope::test {

void fail_allocation(long n) {
    has_failed = false;
    until_failure = n;
}

bool stop_failing() {
    until_failure = 0;
    return has_failed;
}

}  // namespace awaitscope::test

void* operator new(std::size_t size) {
    if (until_failure > 0 && --until_failure == 0) {
        has_failed = true;
        throw std::bad_alloc();
    }
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
