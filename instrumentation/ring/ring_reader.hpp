// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <span>
#include <vector>

#include "instrumentation/event/event.hpp"
#include "instrumentation/ring/layout.hpp"

namespace awaitscope::ring {

/// Where a reader's bytes come from: this process's memory, or another's file.
template <class Bytes>
concept RingBytes = requires(Bytes bytes, std::uint64_t first, std::span<Event> to) {
    { bytes.records() } -> std::convertible_to<std::uint64_t>;  ///< of the ring: a power of two
    { bytes.head() } -> std::convertible_to<std::uint64_t>;
    /// Copies records `first` and on; false when they cannot be read (the file was cut short).
    { bytes.copy(first, to) } -> std::convertible_to<bool>;
};

/// A ring in this process.
class MemoryRing {
  public:
    MemoryRing(const RingHeader& header, const Record* first, std::uint64_t records)
        : header_(&header), first_(first), records_(records) {}
    std::uint64_t records() const { return records_; }
    std::uint64_t head() const { return header_->head.load(std::memory_order_acquire); }
    bool copy(std::uint64_t first, std::span<Event> to) const {
        for (Event& event : to) {
            const auto& words = first_[first++ & (records_ - 1)].words;
            event.head = words[0].load(std::memory_order_acquire);
            event.time = words[1].load(std::memory_order_acquire);
            event.a = words[2].load(std::memory_order_acquire);
            event.set_bc(words[3].load(std::memory_order_acquire));
        }
        return true;
    }

  private:
    const RingHeader* header_;
    const Record* first_;
    std::uint64_t records_;
};

/// What one RingReader::read() found.
struct RingRead {
    std::uint64_t lost = 0;  ///< records overwritten before the first one read
    bool caught_up = true;   ///< there was nothing more at that moment, so the last record's text is whole
    bool broken = false;     ///< the bytes could not be read
};

/// A viewer's end of a ring, one of any number: it takes nothing away and the writer does not know it.
template <RingBytes Bytes>
class RingReader {
  public:
    /// Begins at record `next`. Those between it and the oldest still there count as lost.
    RingReader(Bytes bytes, std::uint64_t next) : bytes_(std::move(bytes)), next_(next) {}

    std::uint64_t next() const { return next_; }
    Bytes& bytes() { return bytes_; }

    /// Appends what has come since, whole records only, at most `limit`; TextRecords among them, as they lie.
    RingRead read(std::vector<Event>& out, std::size_t limit) {
        RingRead result;
        // A word that another process changes while the kernel copies it may come torn: the lower of two readings is
        // never beyond the truth. A head that goes back is not a writer's doing.
        const std::uint64_t head = std::min(bytes_.head(), bytes_.head());
        if (head <= next_) return result;
        const std::uint64_t first = std::max(next_, oldest_whole(head, bytes_.records()));
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(head - first, limit));
        const std::size_t before = out.size();
        out.resize(before + count);
        if (!bytes_.copy(first, std::span{out}.subspan(before))) {
            out.resize(before);
            result.broken = true;
            return result;
        }
        const std::uint64_t whole_from =
            std::min(std::max(first, oldest_whole(bytes_.head(), bytes_.records())), first + count);
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(before),
                  out.begin() + static_cast<std::ptrdiff_t>(before + (whole_from - first)));
        result.lost = whole_from - next_;
        next_ = first + count;
        result.caught_up = next_ == head;
        return result;
    }

  private:
    Bytes bytes_;
    std::uint64_t next_;
};

}  // namespace awaitscope::ring
