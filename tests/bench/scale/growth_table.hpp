// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/scale/figures.hpp"

namespace awaitscope::bench {

/// What one trace cost.
struct Growth {
    std::string_view shape;
    double events = 0;
    std::size_t tracks = 0;
    double file_bytes = 0, memory_bytes = 0;  ///< an event
    double read_s = 0;                        ///< the file, into events
    double append_s = 0;                      ///< the events, into the trace
    double copy_s = 0;                        ///< the floor of that: the events' bytes, copied
    std::vector<QueryFigures> queries;
    SearchFigures search;
    FrameFigures frames;
};

/// The cost of traces against their size, as a table in Markdown, and which aims they reach.
class GrowthTable {
  public:
    static std::string head();
    static std::string row(const Growth& growth);
    void add(const Growth& growth);
    /// A line for each aim that the sizes measured can tell of: the worst figure, and whether it is reached.
    std::string aims() const;

  private:
    struct Aim {
        std::string_view what;
        double limit;
        std::string_view unit;
        double worst = -1;  ///< -1: nothing of that size was measured
        std::string of;     ///< the shape, and the question
        void take(double value, std::string whose);
    };
    Aim search_{"searching or filtering 100 million events", 1, "s", -1, {}};
    Aim open_{"opening 10 million events to the first frame", 1, "s", -1, {}};
    Aim frame_{"99% of frames, at 100 million events or 100,000 tracks", 8, "ms", -1, {}};
    Aim memory_{"memory an event, from a million events on", 40, "B", -1, {}};
    Aim file_{"recording an event, from a million events on", 16, "B", -1, {}};
    Aim replay_{"any state of 10 million events, the slowest question", 10, "ms", -1, {}};
};

}  // namespace awaitscope::bench
