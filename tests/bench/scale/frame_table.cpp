// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/scale/frame_table.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

namespace awaitscope::bench {

void FrameTable::add(std::string_view shape, std::uint64_t events, const FrameFigures& figures) {
    runs_.push_back({std::string(shape), events, figures.frames});
}

void FrameTable::write(const std::string& file) const {
    std::string text;
    if (file.ends_with(".csv")) {
        text = "shape,events,frame,gesture,ms\n";
        for (const Run& run : runs_)
            for (std::size_t i = 0; i < run.frames.size(); ++i)
                text += fmt::format("{},{},{},{},{:.4f}\n", run.shape, run.events, i, run.frames[i].gesture,
                                    run.frames[i].ms);
    } else {
        text = "[";
        for (const Run& run : runs_) {
            text += fmt::format("{}\n{{\"shape\": \"{}\", \"events\": {}, \"frames\": [",
                                &run == &runs_.front() ? "" : ",", run.shape, run.events);
            for (std::size_t i = 0; i < run.frames.size(); ++i)
                text += fmt::format("{}{{\"gesture\": \"{}\", \"ms\": {:.4f}}}", i ? ", " : "", run.frames[i].gesture,
                                    run.frames[i].ms);
            text += "]}";
        }
        text += "\n]\n";
    }
    std::ofstream out(file);
    out << text << std::flush;
    if (!out) throw std::runtime_error("cannot write " + file);
}

}  // namespace awaitscope::bench
