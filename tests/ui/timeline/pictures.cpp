// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the sample traces into a folder, to be looked at: timeline_pictures FOLDER
#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <cstdio>

#include "tests/support/trace_text.hpp"
#include "tests/ui/timeline/sample_traces.hpp"
#include "ui/timeline/timeline_picture.hpp"

using namespace awaitscope;

namespace {

void paint(const QString& file, const Trace& trace, ui::TimelinePicture picture, double ratio = 1) {
    QImage image(picture.size * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    QElapsedTimer timer;
    timer.start();
    ui::renderTo(&painter, trace, picture);
    std::printf("%-40s %6.2f ms\n", qPrintable(file.section('/', -1)), static_cast<double>(timer.nsecsElapsed()) / 1e6);
    painter.end();
    image.save(file);
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
                ui::TimelinePicture picture;
                picture.style = dark ? ui::TimelineStyle::dark() : ui::TimelineStyle::light();
                picture.axis = steps ? ui::AxisKind::steps : ui::AxisKind::time;
                picture.size = dark ? QSize(1280, 720) : QSize(1920, 1080);
                picture.cursor = trace->event_count() * 6 / 10;
                picture.selected = trace->tasks().size() > 2 ? 2 : 0;
                paint(QStringLiteral("%1/%2-%3-%4.png")
                          .arg(folder, sample.name, steps ? "steps" : "time", dark ? "dark" : "light"),
                      trace.trace, picture);
            }
    }
    return 0;
}
