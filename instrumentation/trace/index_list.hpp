// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <new>
#include <utility>

namespace awaitscope {

/// An event's number in the trace, from 0. The cursor is one: "after event n".
using EventIndex = std::uint64_t;
inline constexpr EventIndex no_event = ~EventIndex{0};

/// Event numbers, ascending, four bytes each: the indexes of a trace are made of these. A trace therefore keeps at
/// most event_count_max events, which would take 128 GB. An empty list owns nothing.
class IndexList {
  public:
    IndexList() = default;
    ~IndexList() { std::free(data_); }
    IndexList(IndexList&& other) noexcept { swap(other); }
    IndexList& operator=(IndexList&& other) noexcept {
        swap(other);
        return *this;
    }
    IndexList(const IndexList&) = delete;
    IndexList& operator=(const IndexList&) = delete;

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    EventIndex operator[](std::size_t i) const { return data_[i]; }
    /// Precondition: not empty.
    EventIndex front() const { return data_[0]; }
    EventIndex back() const { return data_[size_ - 1]; }
    const std::uint32_t* begin() const { return data_; }
    const std::uint32_t* end() const { return data_ + size_; }

    /// How many of them lie at or before `cursor`; none does before the first event.
    std::size_t count_until(EventIndex cursor) const {
        if (cursor == no_event || size_ == 0) return 0;
        if (data_[size_ - 1] <= cursor) return size_;  // what is asked most: the newest
        return static_cast<std::size_t>(std::upper_bound(begin(), end(), cursor) - begin());
    }
    /// The first one after `cursor`, or no_event.
    EventIndex after(EventIndex cursor) const {
        const std::size_t i = count_until(cursor);
        return i < size_ ? data_[i] : no_event;
    }
    /// The last one before `cursor`, or no_event.
    EventIndex before(EventIndex cursor) const {
        if (cursor == no_event || cursor == 0) return no_event;
        const std::size_t i = count_until(cursor - 1);
        return i > 0 ? data_[i - 1] : no_event;
    }

    std::size_t memory_bytes() const { return std::size_t{capacity_} * sizeof *data_; }

    /// Fetches into the cache where the next number will stand.
    void prefetch() const { __builtin_prefetch(data_ + size_, 1); }

    void push_back(EventIndex index) {
        if (size_ == capacity_) grow();
        data_[size_++] = static_cast<std::uint32_t>(index);
    }

    void swap(IndexList& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

  private:
    void grow() {
        // 6 indexes fill malloc's smallest block; a quarter more each time wastes an eighth on average.
        const std::uint32_t capacity = std::max(6u, capacity_ < 64 ? capacity_ * 2 : capacity_ + capacity_ / 4);
        void* grown = std::realloc(data_, std::size_t{capacity} * sizeof *data_);
        if (!grown) throw std::bad_alloc();
        data_ = static_cast<std::uint32_t*>(grown);
        capacity_ = capacity;
    }

    std::uint32_t* data_ = nullptr;
    std::uint32_t size_ = 0;
    std::uint32_t capacity_ = 0;
};

inline constexpr EventIndex event_count_max = 0xffff'fff0;

}  // namespace awaitscope
