// SPDX-License-Identifier: MIT
#pragma once

#include <cstring>
#include <string_view>

#include "instrumentation/ring/layout.hpp"

namespace awaitscope::ring {

/// The length to cut `text` to so that it holds at most `bytes_max` bytes and ends at a character's border.
inline std::size_t utf8_cut(std::string_view text, std::size_t bytes_max) noexcept {
    if (text.size() <= bytes_max) return text.size();
    std::size_t size = bytes_max;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
    return size;
}

/// One thread's end of a ring. Overwrites the oldest; never waits, never fails. Owns nothing: the bytes must outlive
/// it.
class RingWriter {
  public:
    RingWriter() = default;
    /// `records` many records, a power of two, at `first`. Goes on with the ring's numbers.
    RingWriter(RingHeader& header, Record* first, std::uint64_t records) noexcept
        : records_(first),
          mask_(records - 1),
          next_(header.head.load(std::memory_order_relaxed)),
          head_(&header.head) {}

    /// Writes one event and makes it public.
    void write(std::uint64_t head, std::uint64_t time, std::uint64_t a, std::uint64_t bc) noexcept {
        const std::uint64_t number = next_;
        put(number, head, time, a, bc);
        publish(number + 1);
    }

    /// Writes an event and its text, cut where it is too long; a reader sees all of it or nothing.
    void write_text(std::uint64_t head, std::uint64_t time, std::uint64_t a, std::uint64_t bc,
                    std::string_view text) noexcept {
        std::uint64_t number = next_;
        put(number++, head, time, a, bc);
        constexpr std::string_view ellipsis = "\xe2\x80\xa6";
        const bool cut = text.size() > text_bytes_max;
        if (cut) text = text.substr(0, utf8_cut(text, text_bytes_max - ellipsis.size()));
        TextRecord record;
        const auto append = [&](std::string_view part) {
            for (char one : part) {
                record.bytes[record.size++] = one;
                if (record.size == TextRecord::capacity) put_text(number++, record);
            }
        };
        append(text);
        if (cut) append(ellipsis);
        if (record.size > 0) put_text(number++, record);
        publish(number);
    }

  private:
    void put(std::uint64_t number, std::uint64_t w0, std::uint64_t w1, std::uint64_t w2, std::uint64_t w3) noexcept {
        // Release, not relaxed: see "A ring" in layout.hpp. On x86 the same instruction.
        auto& words = records_[number & mask_].words;
        words[0].store(w0, std::memory_order_release);
        words[1].store(w1, std::memory_order_release);
        words[2].store(w2, std::memory_order_release);
        words[3].store(w3, std::memory_order_release);
    }
    void put_text(std::uint64_t number, TextRecord& record) noexcept {
        std::uint64_t words[4];
        std::memcpy(words, &record, sizeof words);
        put(number, words[0], words[1], words[2], words[3]);
        record = TextRecord{};
    }
    void publish(std::uint64_t next) noexcept {
        next_ = next;
        head_->store(next, std::memory_order_release);
    }

    Record* records_ = nullptr;
    std::uint64_t mask_ = 0;
    std::uint64_t next_ = 0;
    std::atomic<std::uint64_t>* head_ = nullptr;
};

}  // namespace awaitscope::ring
