// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/scale/figures.hpp"

namespace awaitscope::bench {

/// What one trace cost. What was not measured is 0, or empty.
struct Growth {
    std::string_view shape;
    double events = 0;
    std::size_t tracks = 0;
    double file_bytes = 0, memory_bytes = 0;  ///< an event
    double write_s = 0;                       ///< the events, into the file
    double read_s = 0;                        ///< the file, into events
    double file_copy_s = 0;                   ///< the floor of that: the file's bytes, read
    double append_s = 0;                      ///< the events, into the trace
    double copy_s = 0;                        ///< the floor of that: the events' bytes, copied
    std::vector<QueryFigures> queries;
    SearchFigures search;
    FrameFigures frames;
    std::vector<PanelGesture> panels;
};

/// The cost of traces against their size, and which aims they reach.
class GrowthTable {
  public:
    /// A line that says what a trace cost, for who waits for the rest.
    static std::string line(const Growth& growth);
    void add(const Growth& growth);
    /// Tables in Markdown: the file and the trace, frames, questions, panels. What was not measured has no table.
    std::string markdown() const;
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
    std::vector<Growth> rows_;
    Aim open_{"opening 10 million events to the first frame", 1, "s", -1, {}};
    Aim frame_{"99% of frames, at 100 million events or 100,000 tracks", 8, "ms", -1, {}};
    Aim search_{"searching or filtering 100 million events", 1, "s", -1, {}};
    Aim memory_{"memory an event, from a million events on", 40, "B", -1, {}};
    Aim file_{"recording an event, from a million events on", 16, "B", -1, {}};
    Aim replay_{"any state of 10 million events, the slowest question", 10, "ms", -1, {}};
    Aim panels_{"what a panel keeps the window from, from 10 million events on", 50, "ms", -1, {}};
};

}  // namespace awaitscope::bench
