// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <time.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace awaitscope {
class Trace;
}

namespace awaitscope::ui {
class TraceSession;
}

/// What is measured of a trace of one size. Times in seconds or milliseconds, as the names say.
namespace awaitscope::bench {

/// Seconds of the wall, or of this thread's CPU where the machine does other things beside.
class Stopwatch {
  public:
    Stopwatch() = default;
    explicit Stopwatch(clockid_t clock) : clock_(clock) {}
    double seconds() const { return now() - begin_; }
    double milliseconds() const { return seconds() * 1e3; }
    static inline bool of_cpu = false;
    /// One of what all threads do: for work that is shared out.
    static Stopwatch of_all_threads() { return Stopwatch(of_cpu ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC); }

  private:
    double now() const {
        timespec time{};
        clock_gettime(clock_, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
    }
    clockid_t clock_ = of_cpu ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC;
    double begin_ = now();
};

/// The value that `share` (0 to 1) of them do not exceed; 0 when there are none.
double percentile(std::vector<double> values, double share);

/// A question to a trace, and the milliseconds of each time it was asked.
struct QueryFigures {
    std::string_view name;
    std::vector<double> ms;
};
/// Each question there is for the state at a moment, at moments all over the trace, cold as a jump of the cursor finds
/// it; and "all of a screen": what runs, what is ready, timers, watches, primitives, and the tasks that fill a screen.
std::vector<QueryFigures> replay_times(const Trace& trace, int moments, std::uint64_t seed);

struct SoakOptions {
    double minutes = 1;
    double memory_mb = 256;  ///< that the trace may take
    double million_events_a_second = 1;
    std::uint32_t tasks = 1000;
};
/// Feeds a session as a busy process does, with a timeline on it that follows and is moved about, and folds when the
/// session asks for it. Prints a line each ten seconds: memory, frames, who waited for whom. Returns whether memory and
/// frames stayed flat.
bool soak(const SoakOptions& options);

/// One repaint: what the hand did, and what it cost.
struct Frame {
    std::string_view gesture;  ///< "zoom in", "pan", "scroll", "zoom out"
    double ms = 0;
};

struct FrameFigures {
    double first_ms = 0;  ///< from the trace to the first picture, the rows' layout and all indexes of views included
    double floor_ms = 0;  ///< a repaint of a widget of the same size that fills its pixels once, half of such took less
    std::vector<Frame> frames;
    std::vector<double> milliseconds() const;
};
/// Drives a timeline widget of 1920 x 1080 as a hand would: zooms into places all over the trace, pans, scrolls, zooms
/// out.
FrameFigures frame_times(ui::TraceSession& session, std::uint64_t seed);

struct SearchFigures {
    double text_ms = 0;    ///< the slowest of some texts, found in no, in few, in very many events
    double kind_ms = 0;    ///< one rare kind
    double cancel_ms = 0;  ///< from the wish to look for something else until the GUI thread goes on, the longest
    std::string slowest;   ///< of the texts
};
/// What the window's search takes for all of a trace, until the last hit has arrived in the GUI thread.
SearchFigures search_times(ui::TraceSession& session);

/// What a hand did with a panel, and how long the GUI thread did nothing else, at once.
struct PanelGesture {
    std::string_view panel;
    std::string_view gesture;
    double block_ms = 0;  ///< the longest stretch until all that came of it was there
};
/// Opens, scrolls, sorts and filters the panels of tasks, events and findings, and moves the cursor about under them.
std::vector<PanelGesture> panel_times(ui::TraceSession& session, std::uint64_t seed);
/// The same of the window's panels together: opens them all, has one after the other in front, and makes the cursor
/// jump all over the trace. Adds to `out` under "window", and gives the session back.
std::unique_ptr<ui::TraceSession> window_times(std::unique_ptr<ui::TraceSession> session, std::uint64_t seed,
                                               std::vector<PanelGesture>& out);

}  // namespace awaitscope::bench
