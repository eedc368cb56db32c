// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "instrumentation/probe/emit.hpp"
#include "instrumentation/ring/ring_reader.hpp"
#include "instrumentation/ring/segment_file.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/session_files.hpp"

namespace awaitscope::test {

/// The only session in the folder, as a viewer reads it. Throws when there is not exactly one.
struct OnlySession {
    OnlySession() {
        const auto paths = session_paths(ring::session_folder());
        if (paths.size() != 1) throw std::runtime_error(std::to_string(paths.size()) + " sessions are there");
        std::string error;
        file = ring::SegmentFile::open(paths.front(), error);
        if (!file) throw std::runtime_error(error);
    }

    /// All records of a ring.
    std::vector<Event> ring(unsigned index) const {
        ring::RingReader reader{ring::FileRing{*file, index}, 0};
        std::vector<Event> events;
        reader.read(events, file->facts().ring_records);
        return events;
    }
    std::vector<ring::RingFacts> rings() const {
        std::vector<ring::RingFacts> all;
        file->read_rings(all);
        return all;
    }

    std::unique_ptr<ring::SegmentFile> file;
};

/// The probe is one a process: each case has its children, which begin unseen.
inline int in_child(int (*body)(), ChildProcess::End end = ChildProcess::End::at_once) {
    return ChildProcess{body, end}.wait();
}

/// In a child, in place of an assertion: says which line failed, and ends the child.
#define EXPECT_IN_CHILD(condition)                                                       \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            _exit(1);                                                                    \
        }                                                                                \
    } while (false)

}  // namespace awaitscope::test
