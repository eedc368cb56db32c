// SPDX-License-Identifier: GPL-3.0-or-later
// The reader of a run that is watched: takes what comes out of a process's rings, as the window's thread does, and
// keeps nothing.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "instrumentation/source/live_source.hpp"
#include "instrumentation/source/session_directory.hpp"

int main(int argc, char** argv) {
    using namespace awaitscope;
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s PID\n", argv[0]);
        return 2;
    }
    try {
        LiveSource source(find_session(std::atoi(argv[1])));
        std::puts("ATTACHED");
        std::fflush(stdout);
        Symbols symbols;
        std::vector<Event> events;
        std::uint64_t seen = 0, lost = 0;
        for (auto state = SourceState::more; state != SourceState::ended;) {
            events.clear();
            state = source.read(symbols, events, 1 << 16);
            for (const Event& event : events) {
                ++seen;
                if (event.kind() == EventKind::lost) lost += event.a;
            }
            if (state == SourceState::idle) std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        std::printf("{\"events\": %llu, \"lost\": %llu}\n", static_cast<unsigned long long>(seen),
                    static_cast<unsigned long long>(lost));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
