// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QPainter>
#include <QScrollBar>
#include <random>

#include "tests/bench/scale/figures.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/timeline/timeline_view.hpp"

namespace awaitscope::bench {

constexpr QSize view_size(1920, 1080);

std::vector<double> FrameFigures::milliseconds() const {
    std::vector<double> all;
    for (const Frame& frame : frames) all.push_back(frame.ms);
    return all;
}

namespace {

/// The floor: a widget of the same size that fills its pixels once.
class Filled final : public QWidget {
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), QColor(250, 250, 250)); }
};

double floor_ms() {
    Filled widget;
    widget.setAttribute(Qt::WA_OpaquePaintEvent);
    widget.resize(view_size);
    widget.show();
    QCoreApplication::processEvents();
    std::vector<double> all;
    for (int i = 0; i < 50; ++i) {
        const Stopwatch watch = Stopwatch::of_all_threads();  // Qt fills in several
        widget.repaint();
        all.push_back(watch.milliseconds());
    }
    return percentile(all, 0.5);
}

}  // namespace

FrameFigures frame_times(ui::TraceSession& session, std::uint64_t seed) {
    FrameFigures figures;
    figures.floor_ms = floor_ms();
    ui::ViewState state;
    ui::TimelineView view(state);
    view.resize(view_size);
    view.show();
    QCoreApplication::processEvents();

    const Stopwatch first = Stopwatch::of_all_threads();
    view.setSession(&session);
    view.repaint();
    figures.first_ms = first.milliseconds();

    const auto frame = [&](std::string_view gesture, auto&& change) {
        const Stopwatch watch = Stopwatch::of_all_threads();  // Qt fills in several
        change();
        view.repaint();
        figures.frames.push_back({gesture, watch.milliseconds()});
    };
    auto* scroll = view.findChild<QScrollBar*>();
    std::mt19937_64 random(seed);
    const auto scroll_about = [&] {
        for (int i = 0; i < 10; ++i)  // to anywhere, and from there as a wheel turns
            for (const int steps : {0, 1, 1, 1})
                frame("scroll", [&] {
                    scroll->setValue(steps == 0
                                         ? static_cast<int>(random() % static_cast<unsigned>(scroll->maximum() + 1))
                                         : scroll->value() + 48);
                });
    };
    for (int place = 0; place < 8; ++place) {
        view.fit();
        Nanoseconds begin = 0, length = 0;
        {
            const auto trace = session.trace();
            begin = trace->begin();
            length = trace->end() - begin;
        }
        const auto target = begin + static_cast<Nanoseconds>(random() % static_cast<std::uint64_t>(length + 1));
        for (Nanoseconds seen = length; seen > 20'000 && seen > 0; seen = seen * 3 / 4)
            frame("zoom in", [&] { state.setRange({target - seen / 2, target + seen / 2}); });
        for (int i = 0; i < 20; ++i) frame("pan", [&] { view.pan(0.07); });
        scroll_about();
        for (int i = 0; i < 40; ++i) {
            frame("zoom out", [&] { view.zoom(0.7); });
            if (i % 4 == 0) frame("pan", [&] { view.pan(i % 8 == 0 ? 0.01 : -0.3); });
        }
        scroll_about();
    }
    return figures;
}

}  // namespace awaitscope::bench
