// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "instrumentation/event/event.hpp"

/// The shared bytes: one sparse file a process, the session, in a folder only its user may enter.
///
///     offset                 what                                            who writes
///     0            4 KiB     SessionHeader                                   the process; viewers: one word of it
///     4 KiB        8 KiB     RingHeader[64]                                  the thread that has the ring
///     12 KiB       768 KiB   PlaceEntry[65536]     append-only, id = index   the process, under its lock
///     780 KiB      4 MiB     string bytes          append-only               the process, under its lock
///     4,876 KiB    64 rings  Record[ring_records]  overwritten in a circle   the thread that has the ring
///
/// The process maps the file; viewers read it with pread() and never map it, so a file that shrinks under them is a
/// short read, not a signal. Pages are allocated before they are touched (the tables in steps of 64 KiB, a ring when
/// a thread takes it), so a full /dev/shm is an error there and then, never a SIGBUS later; and where somebody else
/// cuts the file short, cut_guard.hpp puts memory of the process's own under what it touches.
///
/// Which process is alive: it holds a lock (F_OFD_SETLK) on the file until it ends, is killed, or becomes another
/// program. That is exact where a pid is not: pids are used again.
///
/// A ring.  Records are numbered from 0 without end; record n stands at n modulo ring_records.
///
///        oldest that is surely whole                   head: the next to be written
///        v                                             v
///     ...[n-7][n-6][n-5][n-4][n-3][n-2][n-1][ n ][.....][.....]...
///                                            \__ margin ___/   may be half written at any moment
///
///     writer   the words of record n, n+1, ... (release stores), then head (release store)
///     reader   head, then the records up to it, then head again (h). What it copied of the numbers below
///              h + ring_margin - ring_records may have been overwritten meanwhile: thrown away, and counted as lost
///              from the numbers alone, exactly.
///
/// The writer's stores are release stores (plain moves on x86) so that nobody can see a word of record n without
/// seeing, later, a head of n or more. A text event and its TextRecords (at most text_records_max) are made public by
/// one store of head; hence the margin of one more than that.
///
/// A ring that its thread gave back is taken by a later thread, which goes on with the numbers; a reader need not know.
namespace awaitscope::ring {

inline constexpr std::uint64_t session_magic = 0x31'65'70'6f'63'73'77'61;  // "awscope1", low byte first
/// Raised whenever a byte below changes its meaning. There is no compatibility: viewer and probe are built together.
inline constexpr std::uint32_t layout_version = 2;

inline constexpr std::size_t page_bytes = 4096;
inline constexpr unsigned ring_count = 64;
/// 2^18 records are 8 MiB: 26 ms at ten million events a second, which a viewer keeps up with; minutes of a service
/// that mostly waits.
inline constexpr std::uint64_t ring_records_default = std::uint64_t{1} << 18;
inline constexpr std::uint64_t ring_records_min = std::uint64_t{1} << 8;
inline constexpr std::uint64_t ring_records_max = std::uint64_t{1} << 24;
inline constexpr std::uint64_t ring_margin = text_records_max + 1;
static_assert(ring_records_min >= 2 * ring_margin);

inline constexpr std::uint32_t place_entries_max = 1 << 16;
inline constexpr std::uint32_t string_bytes_max = 4 << 20;

/// A time in the ring that is the virtual clock's: nanoseconds in the other 63 bits.
inline constexpr std::uint64_t virtual_time_bit = std::uint64_t{1} << 63;

/// SessionHeader::state.
enum class SessionState : std::uint32_t {
    being_made = 0,  ///< nothing else is valid yet
    running = 1,     ///< with nobody holding the lock: it crashed
    ended = 2,       ///< the process left through exit()
    crashed = 3,     ///< found dead; written by who found it, so that the file's modification time tells since when
    replacing = 4,   ///< it calls exec(): with nobody holding the lock it has become another program, which is an end
};

/// SessionHeader::clock.
enum class ClockKind : std::uint32_t {
    counter = 0,    ///< the processor's constant-rate counter
    monotonic = 1,  ///< CLOCK_MONOTONIC, nanoseconds: where there is no such counter
};

struct SessionHeader {
    std::uint64_t magic;  ///< these two never move, whatever the version
    std::uint32_t version;
    std::uint32_t pid;
    std::uint32_t uid;
    ClockKind clock;
    std::uint64_t ring_records;  ///< a power of two
    std::uint64_t epoch_ticks;   ///< one moment, as three clocks tell it: the session's time 0
    std::uint64_t epoch_monotonic_ns;
    std::uint64_t epoch_unix_ns;
    /// The launch that the process, or an ancestor of it, was started by: AWAITSCOPE_LAUNCH. Not 0: the file stays when
    /// the process ends, and who launched it removes it.
    std::uint64_t launch;
    /// Nanoseconds a tick, times 2^40: the process's own estimate, better as it runs. A viewer on the same boot takes
    /// its own, from the epoch to now.
    std::atomic<std::uint64_t> tick_ns_40;
    char boot_id[40];  ///< /proc/sys/kernel/random/boot_id
    std::atomic<SessionState> state;
    std::atomic<std::uint32_t> virtual_clock;  ///< 1 once a loop runs on the virtual clock
    std::atomic<std::uint32_t> place_count;    ///< entries that are whole
    std::atomic<std::uint32_t> string_bytes;   ///< bytes that are whole
    /// The one word viewers write: any number that was not there before asks each loop for a snapshot.
    std::atomic<std::uint32_t> snapshot_request;
    char name[256];  ///< both end in a zero byte
    char command[2048];
    std::uint32_t parent;  ///< the process that started this one
};
static_assert(sizeof(SessionHeader) <= page_bytes);

/// RingHeader::state.
enum class RingState : std::uint32_t {
    unused = 0,  ///< no pages yet
    taken = 1,
    given_back = 2,  ///< its thread has ended; its records stay
};

struct alignas(128) RingHeader {
    std::atomic<std::uint64_t> head;  ///< the number of the next record
    std::atomic<RingState> state;
    std::atomic<std::uint32_t> tid;
    std::atomic<std::uint32_t> loop;  ///< the loop the thread runs or ran last; 0: none
    std::atomic<std::uint64_t> tasks_alive;
    std::atomic<std::uint64_t> iterations;
};
static_assert(sizeof(RingHeader) == 128);

/// A line of source. Strings stand in the string bytes: two bytes of length, then the text. Entry 0 is "none".
struct PlaceEntry {
    std::uint32_t file;  ///< an offset into the string bytes
    std::uint32_t function;
    std::uint32_t line;
};

/// An Event, or a TextRecord, as words.
struct Record {
    std::atomic<std::uint64_t> words[4];
};
static_assert(sizeof(Record) == sizeof(Event) && std::atomic<std::uint64_t>::is_always_lock_free);

inline constexpr std::size_t ring_headers_offset = page_bytes;
inline constexpr std::size_t places_offset = ring_headers_offset + ring_count * sizeof(RingHeader);
inline constexpr std::size_t strings_offset = places_offset + place_entries_max * sizeof(PlaceEntry);
inline constexpr std::size_t rings_offset = strings_offset + string_bytes_max;
static_assert(places_offset % page_bytes == 0 && strings_offset % page_bytes == 0 && rings_offset % page_bytes == 0);

constexpr std::size_t ring_offset(unsigned index, std::uint64_t records) {
    return rings_offset + index * static_cast<std::size_t>(records * sizeof(Record));
}
constexpr std::size_t session_bytes(std::uint64_t records) {
    return ring_offset(ring_count, records);
}
constexpr bool valid_ring_records(std::uint64_t records) {
    return records >= ring_records_min && records <= ring_records_max && (records & (records - 1)) == 0;
}

/// The lowest record number that is surely whole once `head` was read after copying.
constexpr std::uint64_t oldest_whole(std::uint64_t head, std::uint64_t records) {
    const std::uint64_t kept = records - ring_margin;  // not a sum with head, which may be any number
    return head > kept ? head - kept : 0;
}

}  // namespace awaitscope::ring
