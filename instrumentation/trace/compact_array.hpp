// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace awaitscope {

/// An array that only grows, for the many and the very long lists of a trace: an empty one owns nothing, a long one
/// grows by a quarter at a time, so that an eighth is wasted on average where std::vector wastes a third, and a very
/// long one grows without being copied: the kernel moves its pages. At most 2^32 elements.
template <class T>
requires std::is_trivially_copyable_v<T>
class CompactArray {
  public:
    CompactArray() = default;
    ~CompactArray() { release(); }
    CompactArray(CompactArray&& other) noexcept { swap(other); }
    CompactArray& operator=(CompactArray&& other) noexcept {
        swap(other);
        return *this;
    }
    CompactArray(const CompactArray&) = delete;
    CompactArray& operator=(const CompactArray&) = delete;

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const T& operator[](std::size_t i) const { return data_[i]; }
    T& operator[](std::size_t i) { return data_[i]; }
    /// Precondition: not empty.
    const T& back() const { return data_[size_ - 1]; }
    const T* begin() const { return data_; }
    const T* end() const { return data_ + size_; }
    std::size_t memory_bytes() const { return std::size_t{capacity_} * sizeof(T); }

    void push_back(T value) {
        if (size_ == capacity_) grow();
        data_[size_++] = value;
    }

    /// Fetches into the cache where the next element will stand.
    void prefetch() const { __builtin_prefetch(data_ + size_, 1); }

  private:
    /// From here on the array has pages of its own.
    static constexpr std::size_t mapped_bytes = 1 << 20;

    bool is_mapped() const { return memory_bytes() >= mapped_bytes; }
    void swap(CompactArray& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }
    void release() {
        if (is_mapped())
            ::munmap(data_, memory_bytes());
        else
            std::free(data_);
    }
    void grow() {
        // malloc's smallest block holds 24 bytes.
        constexpr std::uint32_t least = sizeof(T) < 24 ? 24 / sizeof(T) : 1;
        const std::uint32_t capacity = std::max(least, capacity_ < 64 ? capacity_ * 2 : capacity_ + capacity_ / 4);
        const std::size_t bytes = std::size_t{capacity} * sizeof(T);
        void* grown = nullptr;
        if (is_mapped()) {
            grown = ::mremap(data_, memory_bytes(), bytes, MREMAP_MAYMOVE);
            if (grown == MAP_FAILED) throw std::bad_alloc();
        } else if (bytes >= mapped_bytes) {
            grown = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            if (grown == MAP_FAILED) throw std::bad_alloc();
            std::memcpy(grown, data_, size_ * sizeof(T));
            std::free(data_);
        } else {
            grown = std::realloc(data_, bytes);
            if (!grown) throw std::bad_alloc();
        }
        data_ = static_cast<T*>(grown);
        capacity_ = capacity;
    }

    T* data_ = nullptr;
    std::uint32_t size_ = 0;
    std::uint32_t capacity_ = 0;
};

}  // namespace awaitscope
