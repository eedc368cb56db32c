// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the sample traces into a folder, to be looked at, and tells how long it took: timeline_pictures FOLDER
#include <fmt/format.h>

#include <QApplication>
#include <QImage>
#include <algorithm>

#include "tests/support/sample_traces.hpp"
#include "tests/support/trace_text.hpp"
#include "ui/charts/charts_panel.hpp"
#include "ui/timeline/timeline_view.hpp"

using namespace awaitscope;

namespace {

void save(QWidget& widget, const QString& file, double ratio = 1) {
    QImage image(widget.size() * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    widget.render(&image);
    image.save(file);
}

/// The median and the slowest of some paints, each of another range.
std::string times(ui::TimelineView& timeline) {
    std::vector<double> times;
    for (int i = 0; i < 40; ++i) {
        i % 2 ? timeline.zoom(1 / 1.05) : timeline.zoom(1.05);
        QImage image(timeline.size(), QImage::Format_RGB32);
        timeline.render(&image);
        times.push_back(timeline.frameTimes().back());
    }
    std::ranges::sort(times);
    return fmt::format("median {:.2f} ms, slowest {:.2f} ms, {} rectangles, {} spans looked at", times[20],
                       times.back(), timeline.frame().rectangleCount(), timeline.spansLookedAt());
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    const struct {
        const char* name;
        std::string text;
    } samples[] = {{"factorial", test::gather_factorial()},    {"kinds", test::all_kinds()},
                   {"one-task", test::many_tasks(0, 1)},       {"200-tasks", test::many_tasks(200, 20)},
                   {"5000-tasks", test::many_tasks(5000, 12)}, {"echo", test::echo_traffic(4, 20)},
                   {"dense", test::many_tasks(12, 4000)}};
    for (const auto& sample : samples) {
        const test::TextTrace trace(sample.text);
        for (const bool dark : {true, false})
            for (const bool steps : {false, true}) {
                ui::ViewState view;
                view.setFollowing(false);
                ui::TimelineView timeline(view);
                timeline.setTimelineStyle(dark ? ui::TimelineStyle::dark() : ui::TimelineStyle::light());
                timeline.resize(dark ? QSize(1280, 720) : QSize(1920, 1080));
                timeline.setTrace(&trace.trace);
                timeline.setAxis(steps ? ui::AxisKind::steps : ui::AxisKind::time);
                view.setCursor(trace->event_count() * 6 / 10);
                view.setSelectedTask(trace->tasks().size() > 2 ? 2 : 0);
                const QString name =
                    QStringLiteral("%1-%2-%3").arg(sample.name, steps ? "steps" : "time", dark ? "dark" : "light");
                save(timeline, folder + '/' + name + ".png");
                fmt::print("{:26} {}\n", name.toStdString(), times(timeline));
                if (steps) continue;
                ui::ChartsPanel charts(view);
                charts.setTimelineStyle(timeline.timelineStyle());
                charts.resize(dark ? QSize(900, 420) : QSize(1600, 300));
                charts.setTrace(&trace.trace);
                view.setRange({0, trace->end()});
                charts.refresh();
                save(charts, folder + '/' + name + "-charts.png");
            }
    }
    return 0;
}
