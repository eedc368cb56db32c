// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/ring/session_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <vector>

#include "instrumentation/ring/segment.hpp"
#include "tests/support/session_files.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::unique_ptr<ring::Segment> make_segment(bool keep = false, const std::string& name = "") {
    std::string error;
    auto segment = ring::Segment::create({.name = name, .ring_records = 256, .launch = keep ? 1u : 0u}, error);
    REQUIRE(segment);
    return segment;
}

/// What a process leaves that never came to its end.
std::string leave_crashed(const std::string& name = "") {
    auto segment = make_segment(false, name);
    return segment->path();
}

void collect() {
    std::string error;
    const auto folder = ring::open_session_folder(ring::session_folder(), false, error);
    REQUIRE(folder);
    ring::collect_dead_sessions(folder.get());
}

void set_age(const std::string& path, std::int64_t seconds) {
    const timespec then{time(nullptr) - seconds, 0};
    const timespec both[2] = {then, then};
    REQUIRE(utimensat(AT_FDCWD, path.c_str(), both, 0) == 0);
}

bool exists(const std::string& path) {
    return access(path.c_str(), F_OK) == 0;
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "the folder is the variable's, absolute, or one under /dev/shm") {
    setenv("AWAITSCOPE_DIR", "/some/where", 1);
    CHECK(ring::session_folder() == "/some/where");
    setenv("AWAITSCOPE_DIR", "here", 1);
    CHECK(ring::session_folder().ends_with("/here"));
    CHECK(ring::session_folder().starts_with("/"));
    unsetenv("AWAITSCOPE_DIR");
    CHECK(ring::session_folder() == "/dev/shm/awaitscope-" + std::to_string(geteuid()));
}

TEST_CASE_METHOD(FreshFolder, "a folder that is not there is no error for who only looks") {
    std::string error = "before";
    CHECK_FALSE(ring::open_session_folder(ring::session_folder() + "/none", false, error));
    CHECK(error.empty());
}

TEST_CASE_METHOD(FreshFolder, "living sessions are never collected, however old") {
    const auto segment = make_segment();
    set_age(segment->path(), 10 * 24 * 3600);
    collect();
    CHECK(exists(segment->path()));
}

TEST_CASE_METHOD(FreshFolder, "while somebody watches, a session that ended stays for ten seconds") {
    const auto end_one = [] {
        const auto segment = make_segment();
        segment->end();
        return segment->path();
    };
    CHECK_FALSE(exists(end_one()));
    std::string error, watched, old;
    {
        const auto folder = ring::open_session_folder(ring::session_folder(), false, error);
        CHECK_FALSE(ring::session_folder_is_watched(folder.get()));
        const auto other = ring::open_session_folder(ring::session_folder(), false, error);
        REQUIRE(ring::watch_session_folder(folder.get()));
        REQUIRE(ring::watch_session_folder(other.get()));
        watched = end_one();
        old = end_one();
        set_age(old, 11);
        collect();
        CHECK(exists(watched));
        CHECK_FALSE(exists(old));
    }
    CHECK(exists(watched));
    collect();
    CHECK_FALSE(exists(watched));
}

TEST_CASE_METHOD(FreshFolder, "a crashed session stays for a day from when it is found") {
    const std::string path = leave_crashed();
    set_age(path, 10 * 24 * 3600);  // it ran for long before it crashed
    collect();
    REQUIRE(exists(path));
    set_age(path, 23 * 3600);
    collect();
    CHECK(exists(path));
    set_age(path, 25 * 3600);
    collect();
    CHECK_FALSE(exists(path));
}

TEST_CASE_METHOD(FreshFolder, "of more than eight crashed sessions the newest stay") {
    std::vector<std::string> paths;
    for (int i = 0; i < 8; ++i) paths.push_back(leave_crashed());
    collect();
    for (int i = 0; i < 8; ++i) set_age(paths[static_cast<std::size_t>(i)], 100 + i);
    const std::string newest = leave_crashed();
    collect();
    CHECK(exists(newest));
    CHECK_FALSE(exists(paths.back()));
    CHECK(session_paths(ring::session_folder()).size() == 8);
}

TEST_CASE_METHOD(FreshFolder, "a crash stays, whatever else ends or crashes since") {
    const std::string crash = leave_crashed("server");
    collect();
    set_age(crash, 1000);
    for (int i = 0; i < 40; ++i) {
        const bool killed = i % 2 == 0;
        auto segment = make_segment(true, "worker");
        const std::string path = segment->path();
        if (!killed) segment->header().state.store(ring::SessionState::ended);
        segment.reset();
        collect();
        set_age(path, 900 - i);
    }
    CHECK(exists(crash));
    CHECK(session_paths(ring::session_folder()).size() == 8 + 20);
}

TEST_CASE_METHOD(FreshFolder, "a session that ended cleanly goes at once, a kept one as a crashed one does") {
    const bool keep = GENERATE(false, true);
    auto segment = make_segment(keep);
    const std::string path = segment->path();
    segment->header().state.store(ring::SessionState::ended);
    segment.reset();
    collect();
    CHECK(exists(path) == keep);
}

TEST_CASE_METHOD(FreshFolder, "a session that was never finished being made goes after a while") {
    auto segment = make_segment();
    const std::string path = segment->path();
    segment->header().state.store(ring::SessionState::being_made);
    segment.reset();
    collect();
    CHECK(exists(path));
    set_age(path, 60);
    collect();
    CHECK_FALSE(exists(path));
}

TEST_CASE_METHOD(FreshFolder, "what is no session is left alone, and breaks nothing") {
    const std::string folder = ring::session_folder();
    std::ofstream(folder + "/notes.txt") << "mine";
    std::ofstream(folder + "/1-1.session") << "short";
    REQUIRE(symlink("/etc/passwd", (folder + "/2-2.session").c_str()) == 0);
    REQUIRE(mkdir((folder + "/3-3.session").c_str(), 0700) == 0);
    REQUIRE(mkfifo((folder + "/4-4.session").c_str(), 0600) == 0);
    collect();
    CHECK(session_paths(folder).size() == 5);
}

TEST_CASE_METHOD(FreshFolder, "a start collects what others left") {
    const std::string path = leave_crashed();
    collect();
    set_age(path, 25 * 3600);
    const auto segment = make_segment();
    CHECK_FALSE(exists(path));
}
