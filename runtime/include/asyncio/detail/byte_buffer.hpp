// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace asyncio::detail {

/// Bytes that come at the end and go from the front. What has gone is cut off when it is the larger part, so that each
/// byte is moved once at most, in the mean, and a buffer that has run empty gives its memory back when it was large.
class ByteBuffer {
  public:
    std::size_t size() const { return bytes_.size() - gone_; }
    bool empty() const { return size() == 0; }
    std::string_view view() const { return std::string_view(bytes_).substr(gone_); }

    void append(std::string_view bytes) { bytes_.append(bytes); }
    /// Precondition: count <= size().
    void drop(std::size_t count) {
        gone_ += count;
        if (gone_ == bytes_.size()) {
            clear();
        } else if (gone_ > bytes_.size() / 2 + small) {
            bytes_.erase(0, gone_);
            gone_ = 0;
        }
    }
    std::string take(std::size_t count) {
        std::string taken;
        if (gone_ == 0 && count == bytes_.size()) {
            taken.swap(bytes_);
        } else {
            taken.assign(bytes_, gone_, count);
            drop(count);
        }
        return taken;
    }
    void clear() {
        bytes_.clear();
        gone_ = 0;
        if (bytes_.capacity() > large) std::string().swap(bytes_);
    }

  private:
    static constexpr std::size_t small = 4096;
    static constexpr std::size_t large = 1024 * 1024;
    std::string bytes_;
    std::size_t gone_ = 0;  ///< of bytes_, at the front
};

}  // namespace asyncio::detail
