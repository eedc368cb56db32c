// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QScrollBar>
#include <random>

#include "instrumentation/trace/trace.hpp"
#include "tests/bench/scale/figures.hpp"
#include "ui/timeline/timeline_view.hpp"

namespace awaitscope::bench {

FrameFigures frame_times(const Trace& trace, std::uint64_t seed) {
    FrameFigures figures;
    ui::ViewState state;
    ui::TimelineView view(state);
    view.resize(1920, 1080);
    view.show();
    QCoreApplication::processEvents();

    const Stopwatch first;
    view.setTrace(&trace);
    view.repaint();
    figures.first_ms = first.milliseconds();

    const auto frame = [&](auto&& change) {
        const Stopwatch watch;
        change();
        view.repaint();
        figures.frames.push_back(watch.milliseconds());
    };
    auto* scroll = view.findChild<QScrollBar*>();
    std::mt19937_64 random(seed);
    for (int place = 0; place < 8; ++place) {
        view.fit();
        const Nanoseconds begin = trace.begin(), length = trace.end() - trace.begin();
        const auto target = begin + static_cast<Nanoseconds>(random() % static_cast<std::uint64_t>(length + 1));
        for (Nanoseconds seen = length; seen > 20'000 && seen > 0; seen = seen * 3 / 4)
            frame([&] { state.setRange({target - seen / 2, target + seen / 2}); });
        for (int i = 0; i < 20; ++i) frame([&] { view.pan(0.07); });
        for (int i = 0; i < 20 && scroll; ++i)
            frame([&] { scroll->setValue(static_cast<int>(random() % static_cast<unsigned>(scroll->maximum() + 1))); });
        for (int i = 0; i < 40; ++i) frame([&] { view.zoom(0.7); });
        for (int i = 0; i < 20 && scroll; ++i)
            frame([&] { scroll->setValue(static_cast<int>(random() % static_cast<unsigned>(scroll->maximum() + 1))); });
    }
    return figures;
}

}  // namespace awaitscope::bench
