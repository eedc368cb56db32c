// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// The numbers and texts that a recording's chunks are made of.
namespace awaitscope::recording {

constexpr std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

/// Bytes to be written.
class ByteWriter {
  public:
    void byte(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
    void varint(std::uint64_t value) {
        char buffer[10];
        std::size_t size = 0;
        while (value >= 0x80) {
            buffer[size++] = static_cast<char>(value | 0x80);
            value >>= 7;
        }
        buffer[size++] = static_cast<char>(value);
        bytes_.append(buffer, size);
    }
    void difference(std::uint64_t value, std::uint64_t before) {
        varint(zigzag(static_cast<std::int64_t>(value - before)));
    }
    void text(std::string_view text) {
        varint(text.size());
        bytes_ += text;
    }
    void bytes(std::string_view bytes) { bytes_ += bytes; }
    void clear() { bytes_.clear(); }
    const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

/// Bytes to be read. What is not there, or too long for its number, reads as 0 and sets failed(), for good.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

    bool failed() const { return failed_; }
    bool at_end() const { return at_ == end_; }

    std::uint8_t byte() {
        if (at_ == end_) return fail();
        return static_cast<std::uint8_t>(*at_++);
    }
    std::uint64_t varint() {
        if (at_ != end_ && static_cast<unsigned char>(*at_) < 0x80) [[likely]]
            return static_cast<unsigned char>(*at_++);
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && at_ != end_; shift += 7) {
            const auto byte = static_cast<unsigned char>(*at_++);
            if (shift == 63 && byte > 1) break;
            value |= std::uint64_t{byte & 0x7fu} << shift;
            if (byte < 0x80) return value;
        }
        return fail();
    }
    std::uint64_t difference(std::uint64_t before) { return before + static_cast<std::uint64_t>(unzigzag(varint())); }
    std::string_view text(std::size_t bytes_max) {
        const std::uint64_t size = varint();
        if (size > bytes_max || size > static_cast<std::uint64_t>(end_ - at_)) {
            fail();
            return {};
        }
        const std::string_view found{at_, static_cast<std::size_t>(size)};
        at_ += size;
        return found;
    }

  private:
    std::uint8_t fail() {
        failed_ = true;
        at_ = end_;
        return 0;
    }
    const char* at_;
    const char* end_;
    bool failed_ = false;
};

}  // namespace awaitscope::recording
