// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/ring/cut_guard.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <thread>

#include "instrumentation/ring/segment.hpp"
#include "instrumentation/ring/segment_file.hpp"
#include "tests/instrumentation/ring/ring_fixture.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/session_files.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::unique_ptr<ring::Segment> make_segment() {
    std::string error;
    auto segment = ring::Segment::create({.name = "writer", .ring_records = 256}, error);
    if (!segment) throw std::runtime_error(error);
    return segment;
}

/// Takes a ring, and touches all its pages.
ring::RingWriter used_ring(ring::Segment& segment) {
    ring::RingWriter ring;
    std::string error;
    if (segment.take_ring(ring, error) < 0) throw std::runtime_error(error);
    for (std::uint64_t number = 0; number < 1000; ++number) write_numbered(ring, number);
    return ring;
}

void cut(const ring::Segment& segment, std::size_t bytes = 0) {
    if (truncate(segment.path().c_str(), static_cast<off_t>(bytes)) != 0) throw std::runtime_error("cannot truncate");
}

/// What a child's stderr got.
std::string text_of(const std::string& path) {
    std::ostringstream all;
    all << std::ifstream(path).rdbuf();
    return all.str();
}
void stderr_to(const std::string& path) {
    dup2(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), STDERR_FILENO);
}

/// A page that a program maps for purposes of its own, of a file that was cut short.
char* foreign_page(const std::string& path) {
    const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (ftruncate(fd, 4096) != 0) throw std::runtime_error("cannot size");
    void* const page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (page == MAP_FAILED || ftruncate(fd, 0) != 0) throw std::runtime_error("cannot map");
    return static_cast<char*>(page);
}
void touch(volatile char* at) {
    *at = 1;
}

/// Waits for SIGBUS, which the calling thread blocks; false: none is pending.
bool take_pending_bus_signal() {
    sigset_t bus;
    sigemptyset(&bus);
    sigaddset(&bus, SIGBUS);
    const timespec now{};
    return sigtimedwait(&bus, nullptr, &now) == SIGBUS;
}
void block_bus_signal() {
    sigset_t bus;
    sigemptyset(&bus);
    sigaddset(&bus, SIGBUS);
    pthread_sigmask(SIG_BLOCK, &bus, nullptr);
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "a process whose session is cut short while it is mapped lives on, and says so once") {
    const auto size = GENERATE(as<std::size_t>{}, 0, 1, 4096, 5000, ring::strings_offset, ring::rings_offset,
                               ring::rings_offset + 4096);
    const std::string told = ring::session_folder() + "/told.txt";
    ChildProcess writer{[&] {
        stderr_to(told);
        const auto segment = make_segment();
        auto ring = used_ring(*segment);
        segment->strings().add("before.cpp", 1, "before");
        cut(*segment, size);
        for (std::uint64_t number = 0; number < 10'000; ++number) write_numbered(ring, number);
        for (unsigned line = 1; line < 10'000; ++line)
            segment->strings().add("file" + std::to_string(line), line, "function");
        std::string refused;
        std::thread{[&] {
            ring::RingWriter other;
            segment->take_ring(other, refused);
        }}.join();
        if (refused.find("was cut short by another program") == std::string::npos) return 1;
        segment->refine_clock();
        segment->header().snapshot_request.load();
        if (std::filesystem::file_size(segment->path()) != size) return 2;  // it is not made long again
        segment->give_back(0);
        segment->end();
        return std::filesystem::exists(segment->path()) ? 3 : 0;
    }};
    CHECK(writer.wait() == 0);
    const std::string line = text_of(told);
    CAPTURE(line);
    CHECK(line.find("was cut short by another program") != std::string::npos);
    CHECK(line.find('\n') == line.size() - 1);
}

TEST_CASE_METHOD(FreshFolder, "threads whose session is cut short under them all write on") {
    const std::string told = ring::session_folder() + "/told.txt";
    ChildProcess writer{[&] {
        stderr_to(told);
        const auto segment = make_segment();
        constexpr int count = 8;
        ring::RingWriter rings[count];
        for (auto& ring : rings) ring = used_ring(*segment);
        std::atomic<bool> was_cut{false};
        std::atomic<int> writing{0};
        std::vector<std::thread> threads;
        for (auto& ring : rings)
            threads.emplace_back([&] {
                block_bus_signal();
                ring::guard_this_thread();
                std::uint64_t number = 0, after = 0;
                while (after < 10'000) {
                    write_numbered(ring, number++);
                    if (number == 100) ++writing;
                    if (was_cut) ++after;
                }
            });
        while (writing < count) std::this_thread::yield();
        cut(*segment);
        was_cut = true;
        for (auto& thread : threads) thread.join();
        return 0;
    }};
    CHECK(writer.wait() == 0);
    CHECK(text_of(told).find("was cut short by another program") != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "a bus error that is none of ours ends a process that has no handler of it") {
    const std::string other = ring::session_folder() + "/other";
    SECTION("a fault") {
        ChildProcess child{[&] {
            signal(SIGBUS, SIG_DFL);  // not a sanitizer's
            const auto segment = make_segment();
            used_ring(*segment);
            touch(foreign_page(other));
            return 0;
        }};
        CHECK(child.wait() == -SIGBUS);
    }
    SECTION("sent") {
        ChildProcess child{[&] {
            signal(SIGBUS, SIG_DFL);
            const auto segment = make_segment();
            used_ring(*segment);
            kill(getpid(), SIGBUS);
            return 0;
        }};
        CHECK(child.wait() == -SIGBUS);
    }
    SECTION("sent to one who ignores it") {
        ChildProcess child{[&] {
            signal(SIGBUS, SIG_IGN);
            const auto segment = make_segment();
            auto ring = used_ring(*segment);
            kill(getpid(), SIGBUS);
            cut(*segment);
            write_numbered(ring, 1);
            return 42;
        }};
        CHECK(child.wait() == 42);
    }
}

namespace {
char* expected_address = nullptr;
struct sigaction before_the_host {};
}  // namespace

TEST_CASE_METHOD(FreshFolder, "a host's handler of SIGBUS gets what is its own, whether it came before us or after") {
    const bool host_first = GENERATE(true, false);
    ChildProcess child{[&] {
        const auto install = [] {
            struct sigaction action {};
            action.sa_flags = SA_SIGINFO;
            action.sa_sigaction = [](int, siginfo_t* info, void*) {
                if (info->si_addr == expected_address) _exit(43);
                if (before_the_host.sa_sigaction && before_the_host.sa_flags & SA_SIGINFO)
                    before_the_host.sa_sigaction(SIGBUS, info, nullptr);
            };
            sigaction(SIGBUS, &action, &before_the_host);
        };
        if (host_first) install();
        const auto segment = make_segment();
        auto ring = used_ring(*segment);
        if (!host_first) install();
        cut(*segment);
        write_numbered(ring, 1);  // one that hands on what is not its own costs nothing
        expected_address = foreign_page(ring::session_folder() + "/other");
        touch(expected_address);
        return 0;
    }};
    CHECK(child.wait() == 43);
}

TEST_CASE_METHOD(FreshFolder, "a handler that tells of each fault and raises it again, as Python's, leaves it to us") {
    ChildProcess child{[&] {
        const auto segment = make_segment();
        auto ring = used_ring(*segment);
        struct sigaction action {};
        action.sa_flags = SA_NODEFER;
        action.sa_handler = [](int) {
            sigaction(SIGBUS, &before_the_host, nullptr);
            raise(SIGBUS);
        };
        sigaction(SIGBUS, &action, &before_the_host);
        cut(*segment);
        for (std::uint64_t number = 0; number < 1000; ++number) write_numbered(ring, number);
        return 44;
    }};
    CHECK(child.wait() == 44);
}

TEST_CASE_METHOD(FreshFolder,
                 "a thread that blocks SIGBUS lives on as well, and who waits for the signal still gets it") {
    const int flags = GENERATE(0, SA_NODEFER);  // of the handler before, which never runs here
    ChildProcess child{[&] {
        struct sigaction before {};
        before.sa_handler = [](int) { _exit(3); };
        before.sa_flags = flags;
        sigaction(SIGBUS, &before, nullptr);
        block_bus_signal();
        const auto segment = make_segment();
        auto ring = used_ring(*segment);
        if (take_pending_bus_signal()) return 1;
        cut(*segment);
        write_numbered(ring, 1);
        kill(getpid(), SIGBUS);
        return take_pending_bus_signal() ? 45 : 2;
    }};
    CHECK(child.wait() == 45);
}

TEST_CASE_METHOD(FreshFolder, "the last session that ends takes its handler of SIGBUS with it") {
    const auto handler = [] {
        struct sigaction now {};
        sigaction(SIGBUS, nullptr, &now);
        return now.sa_handler;
    };
    const auto before = handler();
    {
        const auto one = make_segment();
        CHECK(handler() != before);
        make_segment();
        CHECK(handler() != before);
    }
    CHECK(handler() == before);
    {
        const auto one = make_segment();
        signal(SIGBUS, SIG_IGN);
    }
    CHECK(handler() == SIG_IGN);
    signal(SIGBUS, before);
}

TEST_CASE_METHOD(FreshFolder, "a living process whose session is cut short is told of in one line, not as being made") {
    const auto segment = make_segment();
    const auto size = GENERATE(0, 4096);  // to nothing, and made long again
    cut(*segment);
    if (size != 0) cut(*segment, ring::session_bytes(256));
    std::string error;
    CHECK_FALSE(ring::SegmentFile::open(segment->path(), error));
    CHECK(error.empty());  // a process makes it this moment, for all one can tell
    const timespec long_ago[2] = {{1000, 0}, {1000, 0}};
    REQUIRE(utimensat(AT_FDCWD, segment->path().c_str(), long_ago, 0) == 0);
    CHECK_FALSE(ring::SegmentFile::open(segment->path(), error));
    CHECK(error.find("was cut short by another program: its process runs on") != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "a process that finds anything in its session writes on, within its bounds") {
    ChildProcess child{[&] {
        const auto segment = make_segment();
        std::mt19937_64 random{20261121};
        const ring::FileDescriptor file{open(segment->path().c_str(), O_RDWR | O_CLOEXEC)};
        std::vector<std::uint64_t> words(ring::rings_offset / 8);
        for (unsigned round = 0; round < 20; ++round) {
            for (auto& word : words) word = random() >> (random() % 64);
            if (pwrite(file.get(), words.data(), words.size() * 8, 0) < 0) return 1;
            ring::RingWriter ring;
            std::string error;
            const int index = segment->take_ring(ring, error);
            if (index != static_cast<int>(round % 2)) return 2;  // the one that is free
            for (std::uint64_t number = 0; number < 1000; ++number) write_numbered(ring, number);
            for (unsigned line = 1; line < 200; ++line)
                segment->strings().add("file" + std::to_string(line % 20), line, "function");
            if (round % 2) segment->give_back(0), segment->give_back(1);
            segment->refine_clock();
        }
        segment->end();
        return std::filesystem::exists(segment->path()) ? 3 : 0;
    }};
    CHECK(child.wait() == 0);
}
