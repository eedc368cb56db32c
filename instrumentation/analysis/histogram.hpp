// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// Lengths of time, counted in buckets of which each is at most a thirty-second of its length wide: percentiles of any
/// number of them, to within 3 %, in a few kilobytes. Count, sum, least and greatest are exact.
class Histogram {
  public:
    void add(Nanoseconds length) {
        const auto value = static_cast<std::uint64_t>(std::max<Nanoseconds>(length, 0));
        const std::size_t bucket = bucket_of(value);
        if (bucket >= buckets_.size()) buckets_.resize(bucket + 1);
        ++buckets_[bucket];
        ++count_;
        sum_ += static_cast<Nanoseconds>(value);
        least_ = std::min(least_, static_cast<Nanoseconds>(value));
        greatest_ = std::max(greatest_, static_cast<Nanoseconds>(value));
    }

    std::uint64_t count() const { return count_; }
    Nanoseconds sum() const { return sum_; }
    /// 0 while empty.
    Nanoseconds least() const { return count_ == 0 ? 0 : least_; }
    Nanoseconds greatest() const { return greatest_; }

    /// The n-th shortest, from 1; 0 while empty. Precondition: 1 <= n <= count().
    Nanoseconds at_rank(std::uint64_t n) const {
        std::uint64_t before = 0;
        for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
            before += buckets_[bucket];
            if (before >= n) return std::clamp(middle_of(bucket), least(), greatest_);
        }
        return greatest_;
    }
    /// The length that a share of them, from 0 to 1, do not exceed.
    Nanoseconds percentile(double share) const {
        const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
        return at_rank(std::clamp<std::uint64_t>(rank, 1, std::max<std::uint64_t>(count_, 1)));
    }

    /// Calls with a length in the middle of each bucket, the shortest first, and how many are in there.
    template <class Take>
    void each(Take take) const {
        for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket)
            if (buckets_[bucket] > 0)
                take(std::clamp(middle_of(bucket), least(), greatest_), std::uint64_t{buckets_[bucket]});
    }

    /// Where the percentile of all that could have been measured lies, at 95 % confidence: another run of the same
    /// program gives one in there. A bound that so few measurements cannot give is 0, or open_end.
    struct Range {
        Nanoseconds low = 0;
        Nanoseconds high = open_end;
    };
    Range percentile_range(double share) const {
        const auto n = static_cast<double>(count_);
        const double spread = 1.96 * std::sqrt(n * share * (1 - share));
        const double low = std::floor(n * share - spread), high = std::ceil(n * share + spread) + 1;
        Range range;
        if (low >= 1) range.low = at_rank(static_cast<std::uint64_t>(low));
        if (high <= n) range.high = at_rank(static_cast<std::uint64_t>(high));
        return range;
    }

    void add(const Histogram& other) {
        if (other.buckets_.size() > buckets_.size()) buckets_.resize(other.buckets_.size());
        for (std::size_t i = 0; i < other.buckets_.size(); ++i) buckets_[i] += other.buckets_[i];
        count_ += other.count_;
        sum_ += other.sum_;
        least_ = std::min(least_, other.least_);
        greatest_ = std::max(greatest_, other.greatest_);
    }

  private:
    static constexpr unsigned part_bits = 5;  // 32 buckets to each doubling
    static constexpr std::uint64_t parts = std::uint64_t{1} << part_bits;

    static std::size_t bucket_of(std::uint64_t value) {
        if (value < parts) return static_cast<std::size_t>(value);
        const auto shift = static_cast<unsigned>(std::bit_width(value)) - part_bits - 1;
        return static_cast<std::size_t>((std::uint64_t{shift} << part_bits) + (value >> shift));
    }
    static Nanoseconds middle_of(std::size_t bucket) {
        if (bucket < 2 * parts) return static_cast<Nanoseconds>(bucket);
        const unsigned shift = static_cast<unsigned>(bucket >> part_bits) - 1;
        const std::uint64_t low = (bucket - (std::uint64_t{shift} << part_bits)) << shift;
        return static_cast<Nanoseconds>(low + (std::uint64_t{1} << shift) / 2);
    }

    std::vector<std::uint32_t> buckets_;
    std::uint64_t count_ = 0;
    Nanoseconds sum_ = 0;
    Nanoseconds least_ = std::numeric_limits<Nanoseconds>::max();
    Nanoseconds greatest_ = 0;
};

}  // namespace awaitscope
