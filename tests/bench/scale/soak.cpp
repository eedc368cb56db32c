// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QEventLoop>
#include <algorithm>
#include <fstream>
#include <span>

#include "tests/bench/scale/figures.hpp"
#include "tests/support/generated_events.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/timeline/timeline_view.hpp"

namespace awaitscope::bench {
namespace {

/// Gives events as a process makes them: so many a second, and never an end. Each task has another name, as tasks have
/// that nobody names.
class BusyProcess final : public EventSource {
  public:
    explicit BusyProcess(const SoakOptions& options)
        : events_({.shape = test::TraceShape::many_tasks, .events = ~std::uint64_t{0}, .tasks = options.tasks}),
          a_second_(options.million_events_a_second * 1e6),
          info_(events_.info()) {
        info_.live = true;
    }
    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override {
        const auto due = static_cast<std::uint64_t>(clock_.seconds() * a_second_);
        if (made_ >= due) return SourceState::idle;
        const std::size_t before = out.size();
        events_.read(symbols, out, std::min<std::size_t>(limit, due - made_));
        made_ += out.size() - before;
        for (Event& event : std::span(out).subspan(before))
            if (event.kind() == EventKind::task_created)
                event.b = symbols.add_string(fmt::format("Task-{}", event.task()));
        return made_ < due ? SourceState::more : SourceState::idle;
    }
    const SourceInfo& info() const override { return info_; }

  private:
    test::GeneratedEvents events_;
    double a_second_;
    SourceInfo info_;
    Stopwatch clock_{CLOCK_MONOTONIC};
    std::uint64_t made_ = 0;
};

double resident_mb() {
    std::ifstream file("/proc/self/statm");
    double pages = 0;
    file >> pages >> pages;
    return pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

double microseconds(std::chrono::nanoseconds time) {
    return static_cast<double>(time.count()) * 1e-3;
}

/// Of a stretch of ten seconds.
struct Stretch {
    double memory_mb = 0;
    double frame_ms = 0;  ///< that 99% do not exceed
};

/// Whether the last third is as the one before it: the first fills what there is to fill.
bool is_flat(const std::vector<Stretch>& all, double Stretch::*what, double more, double tolerance) {
    if (all.size() < 3) return true;
    const std::size_t third = all.size() / 3;
    const auto worst = [&](std::size_t from, std::size_t to) {
        double most = 0;
        for (std::size_t i = from; i < to; ++i) most = std::max(most, all[i].*what);
        return most;
    };
    return worst(all.size() - third, all.size()) <= worst(third, all.size() - third) * more + tolerance;
}

}  // namespace

bool soak(const SoakOptions& options) {
    ui::TraceSession session(std::make_unique<BusyProcess>(options), nullptr,
                             static_cast<std::size_t>(options.memory_mb * (1 << 20)));
    ui::ViewState state;
    ui::TimelineView view(state);
    view.resize(1920, 1080);
    view.show();
    view.setSession(&session);
    int folds = 0;
    const QObject folder;  // not the view, which lets go of all that the session tells it
    QObject::connect(
        &session, &ui::TraceSession::foldWanted, &folder,
        [&] {
            if (!session.foldDue()) return;
            view.setSession(nullptr);
            session.fold();
            view.setSession(&session);
            ++folds;
        },
        Qt::QueuedConnection);

    fmt::print("{:>7} {:>12} {:>12} {:>6} {:>9} {:>9} | {:>8} {:>7} {:>7} | {:>12} {:>12}\n", "seconds", "events",
               "kept whole", "folds", "trace MB", "RSS MB", "frame", "p99 ms", "max ms", "view waits", "reader waits");
    std::vector<Stretch> stretches;
    const Stopwatch clock(CLOCK_MONOTONIC);
    std::vector<double> frames;
    double next_line = 10;
    for (int i = 0; clock.seconds() < options.minutes * 60; ++i) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 8);
        const Stopwatch frame;
        {
            const auto trace = session.trace();
            const Nanoseconds begin = trace->begin(), end = trace->end();
            // A hand that follows the newest for a while, then looks about.
            const Nanoseconds seen =
                i % 400 < 200 ? 2'000'000'000 : std::max<Nanoseconds>((end - begin) / (1 + i % 50), 1);
            const Nanoseconds at = i % 400 < 200 ? end : begin + (end - begin) / 100 * (i % 100);
            state.setRange({at - seen, at});
        }
        view.repaint();
        frames.push_back(frame.milliseconds());
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 8);
        if (clock.seconds() < next_line) continue;
        next_line += 10;
        const auto trace = session.trace();
        const auto& folded = trace->folded();
        const EventIndex kept = trace->event_count() - (folded.begin == no_event ? 0 : folded.begin + 1);
        stretches.push_back({resident_mb(), percentile(frames, 0.99)});
        fmt::print(
            "{:>7.0f} {:>12} {:>12} {:>6} {:>9.0f} {:>9.0f} | {:>8.2f} {:>7.2f} {:>7.2f} | {:>9.0f} us {:>9.0f} us\n",
            clock.seconds(), folded.events + kept, kept, folds, static_cast<double>(session.memoryBytes()) / (1 << 20),
            stretches.back().memory_mb, percentile(frames, 0.5), stretches.back().frame_ms, percentile(frames, 1),
            microseconds(session.viewWaits().longest), microseconds(session.readingWaits().longest));
        std::fflush(stdout);
        frames.clear();
    }
    view.setSession(nullptr);
    const bool memory = is_flat(stretches, &Stretch::memory_mb, 1.1, 16);
    const bool time = is_flat(stretches, &Stretch::frame_ms, 1.5, 2);
    fmt::print("memory {}, frames {}\n", memory ? "flat" : "GROWING", time ? "flat" : "GROWING");
    return memory && time;
}

}  // namespace awaitscope::bench
