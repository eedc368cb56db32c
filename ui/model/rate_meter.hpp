// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace awaitscope::ui {

/// How many came in the last second, from counts in buckets of 50 ms. The caller says what time it is, in milliseconds
/// that never run back.
class RateMeter {
  public:
    void add(std::uint64_t count, std::int64_t now_ms) {
        Bucket& bucket = buckets_[index(now_ms)];
        if (bucket.number != now_ms / bucket_ms) bucket = {now_ms / bucket_ms, 0};
        bucket.count += count;
    }
    double perSecond(std::int64_t now_ms) const {
        std::uint64_t sum = 0;
        for (const Bucket& bucket : buckets_)
            if (bucket.number >= 0 && now_ms / bucket_ms - bucket.number < static_cast<std::int64_t>(buckets_.size()))
                sum += bucket.count;
        return static_cast<double>(sum);
    }

  private:
    static constexpr std::int64_t bucket_ms = 50;
    struct Bucket {
        std::int64_t number = -1;
        std::uint64_t count = 0;
    };
    std::size_t index(std::int64_t now_ms) const {
        return static_cast<std::size_t>(now_ms / bucket_ms) % buckets_.size();
    }
    std::array<Bucket, 20> buckets_;
};

}  // namespace awaitscope::ui
