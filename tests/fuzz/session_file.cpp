// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/session_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "tests/fuzz/fuzz.hpp"

namespace awaitscope::fuzz {

SpoiledSession::SpoiledSession() {
    std::string error;
    segment_ = ring::Segment::create({.name = "spoiled", .ring_records = records}, error);
    expect(segment_ != nullptr, error.c_str());
    const std::uint64_t place = segment_->strings().add("server.cpp", 42, "serve");
    for (int i = 0; i < 2; ++i) {
        ring::RingWriter writer;
        expect(segment_->take_ring(writer, error) >= 0, error.c_str());
        const std::uint64_t now = ring::ticks(segment_->header().clock);
        Event created;
        created.c = static_cast<std::uint32_t>(place);
        writer.write_text(Event::pack(EventKind::task_created, 1, 1), now, 0, created.bc(), "a name");
        writer.write(Event::pack(EventKind::task_running, 1, 1), now + 1, 0, 0);
        writer.write_text(Event::pack(EventKind::output, 1, 1), now + 2, 0, 0,
                          "text over more than one record, surely");
    }
    file_ = ring::FileDescriptor{open(path().c_str(), O_RDWR | O_CLOEXEC)};
    const std::size_t size = ring::session_bytes(records);
    void* at = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file_.get(), 0);
    expect(at != MAP_FAILED, "a mapped file");
    bytes_ = {static_cast<char*>(at), size};
    whole_.assign(bytes_.begin(), bytes_.end());
}

SpoiledSession::~SpoiledSession() {
    munmap(bytes_.data(), bytes_.size());
}

void SpoiledSession::write(std::size_t offset, std::string_view bytes) {
    offset = std::min(offset, whole_.size());
    bytes = bytes.substr(0, whole_.size() - offset);
    if (bytes.empty() || short_) return;
    std::memcpy(bytes_.data() + offset, bytes.data(), bytes.size());
    spoiled_.emplace_back(offset, bytes.size());
}

void SpoiledSession::cut_short(std::size_t size) {
    expect(ftruncate(file_.get(), static_cast<off_t>(std::min(size, whole_.size()))) == 0, "a cut");
    short_ = true;
}

void SpoiledSession::mend() {
    if (short_) {
        expect(ftruncate(file_.get(), 0) == 0 && ftruncate(file_.get(), static_cast<off_t>(whole_.size())) == 0,
               "size");
        // What is not zero: the header and the rings' heads, the first places and strings, the first records.
        constexpr std::size_t some = 16 << 10;
        spoiled_ = {{0, some}, {ring::strings_offset, some}};
        for (unsigned i = 0; i < 2; ++i) spoiled_.emplace_back(ring::ring_offset(i, records), some / 2);
        short_ = false;
    }
    for (const auto& [offset, size] : spoiled_)
        std::memcpy(bytes_.data() + offset, whole_.data() + offset, std::min(size, whole_.size() - offset));
    spoiled_.clear();
}

}  // namespace awaitscope::fuzz
