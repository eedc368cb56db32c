// SPDX-License-Identifier: MIT
#include "asyncio/detail/frame_pool.hpp"

#include <array>
#include <new>
#include <utility>

#if defined(__SANITIZE_ADDRESS__)
#define ASYNCIO_PLAIN_FRAMES 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ASYNCIO_PLAIN_FRAMES 1
#endif
#endif

namespace asyncio::detail {

#ifdef ASYNCIO_PLAIN_FRAMES

void* allocate_frame(std::size_t size) {
    return ::operator new(size);
}
void free_frame(void* frame, std::size_t size) noexcept {
    ::operator delete(frame, size);
}

#else

namespace {

constexpr std::size_t step = 64;
constexpr std::size_t classes = 32;  // frames up to 2 KiB; larger ones are rare and go to the heap
/// So many frames of a size are kept at most: a burst of tasks does not hold its memory forever.
constexpr std::size_t kept_max = 4096;

struct FreeFrame {
    FreeFrame* next;
};

struct Pool {
    std::array<FreeFrame*, classes> free{};
    std::array<std::size_t, classes> kept{};

    ~Pool() {
        for (FreeFrame* frame : free)
            while (frame) ::operator delete(std::exchange(frame, frame->next));
        gone = true;
    }
    /// Frames may still be freed by destructors that run after this one.
    bool gone = false;
};

thread_local constinit Pool* this_pool = nullptr;

Pool& make_pool() {
    static thread_local Pool pool;
    this_pool = &pool;
    return pool;
}

std::size_t class_of(std::size_t size) {
    return (size - 1) / step;
}

}  // namespace

void* allocate_frame(std::size_t size) {
    const std::size_t index = class_of(size);
    if (index >= classes) return ::operator new(size);
    if (Pool* pool = this_pool; pool && pool->free[index]) [[likely]] {
        FreeFrame* frame = pool->free[index];
        pool->free[index] = frame->next;
        --pool->kept[index];
        return frame;
    }
    return ::operator new((index + 1) * step);
}

void free_frame(void* memory, std::size_t size) noexcept {
    const std::size_t index = class_of(size);
    Pool* pool = this_pool ? this_pool : &make_pool();
    if (index >= classes || pool->gone || pool->kept[index] >= kept_max) {
        ::operator delete(memory);
        return;
    }
    auto* frame = static_cast<FreeFrame*>(memory);
    frame->next = pool->free[index];
    pool->free[index] = frame;
    ++pool->kept[index];
}

#endif

}  // namespace asyncio::detail
