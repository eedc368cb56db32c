// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/exact/observed_run.hpp"

#include <awaitscope/probe.hpp>
#include <stdexcept>
#include <thread>

#include "instrumentation/source/live_source.hpp"
#include "tests/support/session_files.hpp"

namespace awaitscope::test {
namespace {

/// This process's session and its trace.
struct Own {
    Own() {
        if (!enable("exact")) throw std::runtime_error("no session");
        const auto paths = session_paths(ring::session_folder());
        if (paths.size() != 1) throw std::runtime_error("not just one session");
        source = std::make_unique<LiveSource>(paths.front());
    }

    /// Reads on until a mark made now has come: then everything before it has, too.
    void read() {
        const std::string end = "read " + std::to_string(++reads);
        mark(end);
        for (std::vector<Event> events;; events.clear()) {
            source->read(*symbols, events, 1 << 16);
            trace.append(events);
            if (!trace.marks().empty() && symbols->string(trace.event(*(trace.marks().end() - 1)).b) == end) return;
            std::this_thread::yield();
        }
    }

    unsigned reads = 0;
    std::shared_ptr<Symbols> symbols = std::make_shared<Symbols>();
    Trace trace{symbols};
    std::unique_ptr<LiveSource> source;
};

}  // namespace

ObservedRun observed_run(const std::function<void()>& program) {
    static Own own;
    own.read();
    const EventIndex begin = own.trace.event_count();
    program();
    own.read();
    return {own.trace, begin, own.trace.event_count()};
}

}  // namespace awaitscope::test
