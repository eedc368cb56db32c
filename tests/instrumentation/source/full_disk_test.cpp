// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that fills while it is recorded into: a file system of its own, and a limit for files.
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "instrumentation/source/recording_writer.hpp"
#include "tests/instrumentation/source/recording_fixture.hpp"
#include "tests/support/child_process.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr int not_permitted = 77;

std::string file_path() {
    return ring::session_folder() + "/full.awscope";
}

/// Records into `file` until there is no more room, for `reason`. 0 when that was told, once, and all that was written
/// before is there.
int fill_up(const std::string& file, const std::string& reason) {
    Symbols symbols;
    const auto events = sample_events(symbols, 40'000);
    RecordingWriter writer{file, symbols};
    writer.set_info({.name = "full"});
    std::size_t written = 0;
    const std::string error = error_of([&] {
        for (; written < events.size(); written += 500) {
            writer.append(std::span{events}.subspan(written, 500));
            writer.flush();
        }
    });
    const std::string expected =
        "cannot write " + file + ": " + reason + "; the " + std::to_string(written) + " events before are in it";
    if (error != expected) {
        std::fprintf(stderr, "%s\n", error.c_str());
        return 2;
    }
    if (!error_of([&] {
             writer.append(events);
             writer.flush();
             writer.finish({}, 0);
         }).empty())
        return 3;
    const auto read = read_recording(file);
    if (read.events != described({events.begin(), events.begin() + static_cast<std::ptrdiff_t>(written)}, symbols))
        return 4;
    return read.note.find("was not ended") != std::string::npos && written > 0 ? 0 : 5;
}

bool write_text(const char* file, const std::string& text) {
    std::ofstream out(file);
    return static_cast<bool>(out << text << std::flush);
}

/// Mounts a file system of so many bytes, which this process alone sees. False where that is not permitted.
bool mount_small(const std::string& folder, unsigned kib) {
    const std::string user = std::to_string(geteuid()), group = std::to_string(getegid());
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    if (!write_text("/proc/self/setgroups", "deny") || !write_text("/proc/self/uid_map", user + " " + user + " 1") ||
        !write_text("/proc/self/gid_map", group + " " + group + " 1"))
        return false;
    return mkdir(folder.c_str(), 0700) == 0 &&
           mount("small", folder.c_str(), "tmpfs", 0, ("size=" + std::to_string(kib) + "k").c_str()) == 0;
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "a full file system is an error in words, and what was written stays good") {
    ChildProcess child{[] {
        const std::string folder = file_path() + ".small";
        if (!mount_small(folder, 64)) {
            std::fprintf(stderr, "%s\n", strerror(errno));
            return not_permitted;
        }
        return fill_up(folder + "/recording", "No space left on device");
    }};
    const int code = child.wait();
    if (code == not_permitted) {
        WARN("no user may mount a file system of his own here: not tried");
        SUCCEED();
        return;
    }
    CHECK(code == 0);
}

TEST_CASE_METHOD(FreshFolder, "a full disk is an error in words, and what was written stays good") {
    ChildProcess child{[] {
        signal(SIGXFSZ, SIG_IGN);
        constexpr rlim_t bytes = 50'000;
        const rlimit limit{bytes, bytes};
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
        return fill_up(file_path(), "File too large");
    }};
    CHECK(child.wait() == 0);
}
