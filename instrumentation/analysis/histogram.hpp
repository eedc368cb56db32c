// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// Lengths of time, counted in buckets of which each is at most a thousandth of its length wide, and knows the greatest
/// of its lengths: percentiles of any number of them are lengths that were measured, at most 0.1 % above the exact one,
/// in a few kilobytes. Few lengths, and equal ones, are exact, as are count, sum, least and greatest.
class Histogram {
  public:
    void add(Nanoseconds length) {
        const auto value = static_cast<std::uint64_t>(std::max<Nanoseconds>(length, 0));
        put(bucket_of(value), {1, offset_of(value)});
        ++count_;
        sum_ = sum_of(sum_, static_cast<Nanoseconds>(value));
        least_ = std::min(least_, static_cast<Nanoseconds>(value));
        greatest_ = std::max(greatest_, static_cast<Nanoseconds>(value));
    }

    std::uint64_t count() const { return count_; }
    Nanoseconds sum() const { return sum_; }
    /// 0 while empty.
    Nanoseconds least() const { return count_ == 0 ? 0 : least_; }
    Nanoseconds greatest() const { return greatest_; }

    /// The n-th shortest, from 1, or one that was longer by at most 0.1 %; 0 while empty.
    Nanoseconds at_rank(std::uint64_t n) const {
        std::uint64_t before = 0;
        Nanoseconds found = greatest_;
        each_while([&](Nanoseconds length, std::uint64_t times) {
            before += times;
            if (before >= n) found = length;
            return before < n;
        });
        return found;
    }
    /// The length that a share of them, from 0 to 1, do not exceed.
    Nanoseconds percentile(double share) const {
        const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
        return at_rank(std::clamp<std::uint64_t>(rank, 1, std::max<std::uint64_t>(count_, 1)));
    }

    /// Calls with the greatest length of each bucket, the shortest first, and how many are in there.
    template <class Take>
    void each(Take take) const {
        each_while([&](Nanoseconds length, std::uint64_t times) {
            take(length, times);
            return true;
        });
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
        for (std::size_t i = 0; i < other.page_numbers_.size(); ++i) {
            if (other.page_numbers_[i] == 0) continue;
            const Page& page = other.pages_[other.page_numbers_[i] - 1u];
            for (std::size_t j = 0; j < page.size(); ++j)
                if (page[j].count > 0) put(i * page.size() + j, page[j]);
        }
        count_ += other.count_;
        sum_ = sum_of(sum_, other.sum_);
        least_ = std::min(least_, other.least_);
        greatest_ = std::max(greatest_, other.greatest_);
    }

  private:
    struct Bucket {
        std::uint32_t count = 0;
        std::uint32_t greatest = 0;  ///< its distance from the bucket's begin; above 73 minutes in coarser steps
    };
    /// Buckets side by side: what is measured in a program lies in few places of the whole range.
    using Page = std::array<Bucket, 32>;

    static constexpr unsigned part_bits = 10;  // 1,024 buckets to each doubling
    static constexpr std::uint64_t parts = std::uint64_t{1} << part_bits;

    /// By how many bits a bucket's lengths differ.
    static unsigned shift_of(std::uint64_t value) {
        return value < parts ? 0 : static_cast<unsigned>(std::bit_width(value)) - part_bits - 1;
    }
    static std::size_t bucket_of(std::uint64_t value) {
        const unsigned shift = shift_of(value);
        return static_cast<std::size_t>((std::uint64_t{shift} << part_bits) + (value >> shift));
    }
    static unsigned coarser_by(unsigned shift) { return shift > 32 ? shift - 32 : 0; }
    static std::uint32_t offset_of(std::uint64_t value) {
        const unsigned shift = shift_of(value);
        return static_cast<std::uint32_t>((value & ((std::uint64_t{1} << shift) - 1)) >> coarser_by(shift));
    }
    static Nanoseconds greatest_in(std::size_t bucket, const Bucket& counted) {
        const unsigned shift = bucket < 2 * parts ? 0 : static_cast<unsigned>(bucket >> part_bits) - 1;
        const std::uint64_t low = (bucket - (std::uint64_t{shift} << part_bits)) << shift;
        return static_cast<Nanoseconds>(low + (std::uint64_t{counted.greatest} << coarser_by(shift)));
    }

    void put(std::size_t number, const Bucket& more) {
        const std::size_t page = number / Page{}.size();
        if (page >= page_numbers_.size()) page_numbers_.resize(page + 1);
        if (page_numbers_[page] == 0) {
            pages_.emplace_back();
            page_numbers_[page] = static_cast<std::uint16_t>(pages_.size());
        }
        Bucket& bucket = pages_[page_numbers_[page] - 1u][number % Page{}.size()];
        bucket.count += more.count;
        bucket.greatest = std::max(bucket.greatest, more.greatest);
    }

    /// As each(), as long as it is told to go on.
    template <class Take>
    void each_while(Take take) const {
        for (std::size_t i = 0; i < page_numbers_.size(); ++i) {
            if (page_numbers_[i] == 0) continue;
            const Page& page = pages_[page_numbers_[i] - 1u];
            for (std::size_t j = 0; j < page.size(); ++j)
                if (page[j].count > 0 &&
                    !take(std::clamp(greatest_in(i * page.size() + j, page[j]), least(), greatest_),
                          std::uint64_t{page[j].count}))
                    return;
        }
    }

    std::vector<std::uint16_t> page_numbers_;  ///< by the range of buckets, from 1; 0: nothing was measured there
    std::vector<Page> pages_;
    std::uint64_t count_ = 0;
    Nanoseconds sum_ = 0;
    Nanoseconds least_ = std::numeric_limits<Nanoseconds>::max();
    Nanoseconds greatest_ = 0;
};

}  // namespace awaitscope
