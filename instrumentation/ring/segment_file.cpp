// SPDX-License-Identifier: MIT
#include "instrumentation/ring/segment_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace awaitscope::ring {
namespace {

template <std::size_t N>
std::string text_of(const char (&bytes)[N]) {
    return std::string(bytes, strnlen(bytes, N));
}

/// Room for a struct of atomics, filled by a read.
template <class T>
struct Copy {
    alignas(T) unsigned char bytes[sizeof(T)];
    const T& value() const { return *reinterpret_cast<const T*>(bytes); }
};

std::string read_boot_id() {
    FileDescriptor fd{open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)};
    char bytes[36];
    return fd && read(fd.get(), bytes, sizeof bytes) == sizeof bytes ? std::string(bytes, sizeof bytes) : std::string{};
}

const std::string& this_boot() {
    static const std::string id = read_boot_id();
    return id;
}

bool written_just_now(const struct stat& status) {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec - status.st_mtim.tv_sec < 2;
}

}  // namespace

std::unique_ptr<SegmentFile> SegmentFile::open(const std::string& path, std::string& error) {
    error.clear();
    constexpr int flags = O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
    FileDescriptor fd{::open(path.c_str(), O_RDWR | flags)};
    if (!fd && (errno == EACCES || errno == EROFS)) fd = FileDescriptor{::open(path.c_str(), O_RDONLY | flags)};
    struct stat status {};
    if (!fd || fstat(fd.get(), &status) != 0) {
        error = "cannot open " + path + ": " + (errno == ELOOP ? "it is a link" : std::strerror(errno));
    } else if (!S_ISREG(status.st_mode)) {
        error = path + " is not a session: it is not a file";
    } else if (status.st_uid != geteuid()) {
        error = path + " belongs to user " + std::to_string(status.st_uid) + ", not to you";
    } else if ((status.st_mode & 077) != 0) {
        error = path + " is open to other users, so what it says cannot be trusted";
    }
    if (!error.empty()) return nullptr;

    std::unique_ptr<SegmentFile> file{new SegmentFile{std::move(fd), path}};
    Copy<SessionHeader> header;
    const bool whole = file->read(0, header.bytes, sizeof header.bytes);
    // A process that makes a session has its lock before it gives the file its size, and its header's magic comes last.
    // That takes less than a moment.
    if ((!whole || header.value().magic == 0) && file->alive()) {
        if (!written_just_now(status))
            error = path +
                    " was cut short by another program: its process runs on, and cannot be seen until it is started "
                    "anew";
        return nullptr;
    }
    if (!whole) {
        error = path + " is not a session: it is cut short";
        return nullptr;
    }
    error = file->take_header(header.value(), static_cast<std::uint64_t>(status.st_size));
    return error.empty() ? std::move(file) : nullptr;
}

std::string SegmentFile::take_header(const SessionHeader& header, std::uint64_t file_bytes) {
    if (header.magic != session_magic) return path_ + " is not a session of Awaitscope";
    if (header.version != layout_version)
        return path_ + " is of version " + std::to_string(header.version) + ", and this program reads version " +
               std::to_string(layout_version) + ": use the awaitscope that belongs to that process";
    if (!valid_ring_records(header.ring_records) || header.pid == 0 || header.pid > (1u << 30) ||
        (header.clock != ClockKind::counter && header.clock != ClockKind::monotonic))
        return path_ + " is damaged: its header makes no sense";
    if (file_bytes < session_bytes(header.ring_records))
        return path_ + " is cut short: " + std::to_string(file_bytes) + " of " +
               std::to_string(session_bytes(header.ring_records)) + " bytes are there";
    facts_.pid = static_cast<int>(header.pid);
    facts_.parent = static_cast<int>(std::min(header.parent, 1u << 30));
    facts_.clock = header.clock;
    facts_.ring_records = header.ring_records;
    facts_.epoch = {header.epoch_ticks, header.epoch_monotonic_ns};
    facts_.epoch_unix_ns = header.epoch_unix_ns;
    facts_.tick_ns_40 = header.tick_ns_40.load(std::memory_order_relaxed);
    facts_.launch = header.launch;
    facts_.state = header.state.load(std::memory_order_acquire);
    facts_.virtual_clock = header.virtual_clock.load(std::memory_order_relaxed) != 0;
    facts_.place_count = std::min(header.place_count.load(std::memory_order_acquire), place_entries_max);
    facts_.string_bytes = std::min(header.string_bytes.load(std::memory_order_acquire), string_bytes_max);
    if (facts_.name.empty()) {
        facts_.name = text_of(header.name);
        facts_.command = text_of(header.command);
        facts_.same_boot = text_of(header.boot_id) == this_boot();
    }
    return {};
}

bool SegmentFile::refresh() {
    Copy<SessionHeader> header;
    struct stat status {};
    const std::uint64_t records = facts_.ring_records;
    return fstat(fd_.get(), &status) == 0 && read(0, header.bytes, sizeof header.bytes) &&
           header.value().ring_records == records &&
           take_header(header.value(), static_cast<std::uint64_t>(status.st_size)).empty();
}

bool SegmentFile::read_rings(std::vector<RingFacts>& rings) const {
    static_assert(sizeof(RingHeader) * ring_count <= 8192);
    Copy<RingHeader> headers[ring_count];
    if (!read(ring_headers_offset, headers, sizeof headers)) return false;
    rings.resize(ring_count);
    for (unsigned i = 0; i < ring_count; ++i) {
        const RingHeader& header = headers[i].value();
        rings[i] = {header.head.load(std::memory_order_acquire), header.state.load(std::memory_order_relaxed),
                    static_cast<std::uint16_t>(header.loop.load(std::memory_order_relaxed)),
                    header.tasks_alive.load(std::memory_order_relaxed),
                    header.iterations.load(std::memory_order_relaxed)};
    }
    return true;
}

std::uint64_t SegmentFile::read_head(unsigned index) const {
    std::uint64_t head = 0;
    const std::size_t offset = ring_headers_offset + index * sizeof(RingHeader) + offsetof(RingHeader, head);
    if (!read(offset, &head, sizeof head)) return 0;
    std::atomic_thread_fence(std::memory_order_acquire);  // what is read next is read later
    return head;
}

bool SegmentFile::read_records(unsigned index, std::uint64_t first, std::span<Event> to) const {
    while (!to.empty()) {
        const std::uint64_t at = first & (facts_.ring_records - 1);
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(to.size(), facts_.ring_records - at));
        if (!read(ring_offset(index, facts_.ring_records) + at * sizeof(Record), to.data(), count * sizeof(Record)))
            return false;
        first += count;
        to = to.subspan(count);
    }
    return true;
}

SegmentFile::PlaceText SegmentFile::read_place(std::uint32_t id) const {
    PlaceEntry entry{};
    if (!read(places_offset + id * sizeof(PlaceEntry), &entry, sizeof entry)) return {};
    return {read_string(entry.file), read_string(entry.function), entry.line};
}

std::string SegmentFile::read_string(std::uint32_t offset) const {
    std::uint16_t size = 0;
    const std::uint64_t bytes_end = facts_.string_bytes;
    if (offset == 0 || offset + sizeof size > bytes_end || !read(strings_offset + offset, &size, sizeof size))
        return {};
    const std::uint64_t text_at = offset + sizeof size;
    std::string text(std::min<std::uint64_t>(size, bytes_end - text_at), '\0');
    if (!read(strings_offset + text_at, text.data(), text.size())) return {};
    return text;
}

void SegmentFile::request_snapshot() {
    std::uint32_t request = 0;
    const std::size_t offset = offsetof(SessionHeader, snapshot_request);
    if (!read(offset, &request, sizeof request)) return;
    // Two viewers that ask at the same moment may write the same number: one snapshot then serves both.
    ++request;
    [[maybe_unused]] const ssize_t written =
        pwrite(fd_.get(), &request, sizeof request, static_cast<off_t>(offset));  // a read-only file: no snapshot
}

bool SegmentFile::read(std::uint64_t offset, void* to, std::size_t bytes) const {
    auto* at = static_cast<char*>(to);
    while (bytes > 0) {
        const ssize_t got = pread(fd_.get(), at, bytes, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
        offset += static_cast<std::uint64_t>(got);
        bytes -= static_cast<std::size_t>(got);
    }
    return true;
}

}  // namespace awaitscope::ring
