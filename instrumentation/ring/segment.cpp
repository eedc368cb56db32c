// SPDX-License-Identifier: MIT
#include "instrumentation/ring/segment.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>

#include "instrumentation/ring/clock.hpp"

namespace awaitscope::ring {
namespace {

std::string reason(const std::string& what, int error) {
    std::string line = what + ": " + std::strerror(error);
    if (error == ENOSPC)
        line +=
            "; free some room there, set AWAITSCOPE_DIR to a folder that has some, or AWAITSCOPE_RING to fewer records";
    return line;
}

/// A small file under /proc, zero bytes as spaces; empty when it cannot be read.
std::string read_small_file(const char* path) {
    FileDescriptor fd{open(path, O_RDONLY | O_CLOEXEC)};
    char bytes[2048];
    const ssize_t size = fd ? read(fd.get(), bytes, sizeof bytes) : 0;
    std::string text(bytes, size > 0 ? static_cast<std::size_t>(size) : 0);
    for (char& one : text)
        if (one == '\0' || one == '\n') one = ' ';
    while (text.ends_with(' ')) text.pop_back();
    return text;
}

template <std::size_t N>
void copy_text(char (&to)[N], std::string_view text) {
    const std::size_t size = utf8_cut(text, N - 1);
    std::memcpy(to, text.data(), size);
    std::memset(to + size, 0, N - size);
}

bool lock_session(int fd) {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

std::string file_name(std::uint64_t now) {
    char name[64];
    std::snprintf(name, sizeof name, "%d-%llx%s", static_cast<int>(getpid()), static_cast<unsigned long long>(now),
                  session_suffix);
    return name;
}

/// A file larger than the limit would not be refused with an error: the host would get SIGXFSZ.
bool file_size_allowed(std::size_t bytes) {
    rlimit limit{};
    return getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= bytes;
}

/// Zeros that nobody else sees, where a file was mapped. Safe in a signal handler, and between fork() and exec().
bool make_our_own(void* at, std::size_t bytes) {
    constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
    return mmap(at, bytes, PROT_READ | PROT_WRITE, flags, -1, 0) != MAP_FAILED;
}

/// The folder of a session.
bool is_watched(const std::string& session) noexcept {
    try {
        std::string error;
        const FileDescriptor folder = open_session_folder(session.substr(0, session.rfind('/')), false, error);
        return folder && session_folder_is_watched(folder.get());
    } catch (...) {  // out of memory
        return false;
    }
}

std::uint64_t unix_ns() {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace

std::unique_ptr<Segment> Segment::create(const SegmentOptions& options, std::string& error) {
    FileDescriptor folder = open_session_folder(options.folder, true, error);
    if (!folder) return nullptr;
    collect_dead_sessions(folder.get());
    if (!valid_ring_records(options.ring_records)) {
        error = "AWAITSCOPE_RING must be a power of two from " + std::to_string(ring_records_min) + " to " +
                std::to_string(ring_records_max);
        return nullptr;
    }
    const std::size_t bytes = session_bytes(options.ring_records);
    const std::string name = file_name(monotonic_ns());
    const std::string path = options.folder + "/" + name;
    if (!file_size_allowed(bytes)) {
        error = "the file size limit (ulimit -f) is below the " + std::to_string(bytes >> 20) +
                " MiB that a session spans; raise it, or set AWAITSCOPE_RING to fewer records";
        return nullptr;
    }
    FileDescriptor fd{openat(folder.get(), name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)};
    if (!fd) {
        error = reason("cannot make " + path, errno);
        return nullptr;
    }
    const auto fail = [&](const std::string& line) {
        error = line;
        unlinkat(folder.get(), name.c_str(), 0);
        return nullptr;
    };
    struct stat status {};
    if (fchmod(fd.get(), 0600) != 0 || fstat(fd.get(), &status) != 0) return fail(reason("cannot use " + path, errno));
    if (!lock_session(fd.get())) return fail(reason("cannot lock " + path, errno));
    if (ftruncate(fd.get(), static_cast<off_t>(bytes)) != 0) return fail(reason("cannot size " + path, errno));
    if (const int failed = PageAllocator{fd.get(), status, bytes}.allocate(0, places_offset))
        return fail(reason("no room for a session in " + options.folder, failed));
    void* tables = mmap(nullptr, rings_offset, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
    if (tables == MAP_FAILED) return fail(reason("cannot map " + path, errno));
    madvise(tables, rings_offset, MADV_DONTDUMP);

    const ClockKind clock = clock_kind();
    const ClockPair epoch = read_clocks(clock);
    auto& header = *new (tables) SessionHeader{};
    header.version = layout_version;
    header.pid = static_cast<std::uint32_t>(getpid());
    header.parent = static_cast<std::uint32_t>(getppid());
    header.uid = geteuid();
    header.clock = clock;
    header.ring_records = options.ring_records;
    header.epoch_ticks = epoch.ticks;
    header.epoch_monotonic_ns = epoch.monotonic_ns;
    header.epoch_unix_ns = unix_ns();
    header.launch = options.launch;
    header.snapshot_request.store(options.wants_snapshot ? 1 : 0, std::memory_order_relaxed);
    copy_text(header.boot_id, read_small_file("/proc/sys/kernel/random/boot_id"));
    copy_text(header.name, options.name.empty() ? std::string_view{program_invocation_short_name} : options.name);
    copy_text(header.command, read_small_file("/proc/self/cmdline"));
    std::unique_ptr<Segment> segment{new Segment{std::move(fd), status, path, static_cast<char*>(tables), options}};
    segment->refine_clock();
    header.magic = session_magic;
    header.state.store(SessionState::running, std::memory_order_release);
    return segment;
}

Segment::Segment(FileDescriptor fd, const struct stat& status, std::string path, char* tables,
                 const SegmentOptions& options)
    : fd_(std::move(fd)),
      pages_(fd_.get(), status, session_bytes(options.ring_records)),
      path_(std::move(path)),
      tables_(tables),
      records_(options.ring_records),
      launch_(options.launch),
      clock_(header().clock),
      epoch_{header().epoch_ticks, header().epoch_monotonic_ns},
      strings_(tables, pages_),
      cut_line_(
          "awaitscope: " + path_ +
          " was cut short by another program, so nobody sees any more what happens here. This program runs on.\n") {
    guard(*this);
}

Segment::~Segment() {
    unguard(*this);
    for (char* ring : rings_)
        if (ring) munmap(ring, records_ * sizeof(Record));
    munmap(tables_, rings_offset);
}

RingHeader& Segment::ring_header(unsigned index) const {
    return reinterpret_cast<RingHeader*>(tables_ + ring_headers_offset)[index];
}

int Segment::take_ring(RingWriter& writer, std::string& error) {
    unsigned index = 0;
    while (index < ring_count && taken_[index]) ++index;
    if (index == ring_count) {
        error = "all " + std::to_string(ring_count) + " rings are taken; this thread and later ones stay unseen";
        return -1;
    }
    guard_this_thread();
    const std::size_t bytes = records_ * sizeof(Record);
    if (!rings_[index]) {
        if (pages_.cut_short()) {
            error = path_ + " was cut short by another program; this thread and later ones stay unseen";
            return -1;
        }
        const std::size_t offset = ring_offset(index, records_);
        if (const int failed = pages_.allocate(offset, bytes)) {
            error = reason("no room in " + path_ + " for a thread's ring of " + std::to_string(bytes >> 10) +
                               " KiB, so the thread stays unseen",
                           failed);
            return -1;
        }
        void* ring = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd_.get(),
                          static_cast<off_t>(offset));
        if (ring == MAP_FAILED) {
            error = reason("cannot map a ring of " + path_ + ", so the thread stays unseen", errno);
            return -1;
        }
        madvise(ring, bytes, MADV_DONTDUMP);
        rings_[index] = static_cast<char*>(ring);
    }
    taken_[index] = true;
    RingHeader& header = ring_header(index);
    header.tid.store(static_cast<std::uint32_t>(syscall(SYS_gettid)), std::memory_order_relaxed);
    header.loop.store(0, std::memory_order_relaxed);
    header.tasks_alive.store(0, std::memory_order_relaxed);
    header.state.store(RingState::taken, std::memory_order_release);
    writer = RingWriter{header, reinterpret_cast<Record*>(rings_[index].load(std::memory_order_relaxed)), records_};
    return static_cast<int>(index);
}

void Segment::give_back(unsigned index) {
    taken_[index] = false;
    RingHeader& header = ring_header(index);
    header.tasks_alive.store(0, std::memory_order_relaxed);
    header.state.store(RingState::given_back, std::memory_order_release);
}

void Segment::refine_clock() noexcept {
    if (clock_ == ClockKind::monotonic) {
        header().tick_ns_40.store(std::uint64_t{1} << 40, std::memory_order_relaxed);
        return;
    }
    // The first estimate has to wait for the clocks to move a little.
    const bool first = header().tick_ns_40.load(std::memory_order_relaxed) == 0;
    std::uint64_t rate = 0;
    do {
        rate = tick_ns_40(epoch_, read_clocks(ClockKind::counter), 0);
    } while (first && rate == 0);
    if (rate != 0) header().tick_ns_40.store(rate, std::memory_order_relaxed);
}

void Segment::end() noexcept {
    header().state.store(SessionState::ended, std::memory_order_release);
    if (!pages_.still_ours()) return;
    if (launch_ != 0 || is_watched(path_))
        futimens(fd_.get(), nullptr);
    else
        unlink(path_.c_str());
}

void Segment::becomes_another_program(bool is_so) noexcept {
    header().state.store(is_so ? SessionState::replacing : SessionState::running, std::memory_order_release);
}

void Segment::leave_to_parent() noexcept {
    replace_all();
    if (pages_.still_ours()) close(fd_.release());
}

bool Segment::replace_at(const void* address) noexcept {
    const auto replace = [&](char* at, std::size_t bytes) {
        if (!at || address < at || address >= at + bytes || !make_our_own(at, bytes)) return false;
        tell_cut();
        return true;
    };
    if (replace(tables_, rings_offset)) return true;
    for (char* ring : rings_)
        if (replace(ring, records_ * sizeof(Record))) return true;
    return false;
}

bool Segment::replace_if_cut() noexcept {
    if (cut_.load(std::memory_order_relaxed) || !pages_.cut_short() || !replace_all()) return false;
    tell_cut();
    return true;
}

bool Segment::replace_all() noexcept {
    bool all = make_our_own(tables_, rings_offset);
    for (char* ring : rings_)
        if (ring) all = make_our_own(ring, records_ * sizeof(Record)) && all;
    return all;
}

void Segment::tell_cut() noexcept {
    if (!cut_.exchange(true)) [[maybe_unused]]
        const ssize_t written = write(STDERR_FILENO, cut_line_.data(), cut_line_.size());
}

}  // namespace awaitscope::ring
