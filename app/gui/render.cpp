// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <QBuffer>
#include <QFile>
#include <QSvgGenerator>
#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>

#include "app/gui/application.hpp"
#include "app/gui/qt_application.hpp"
#include "app/gui/services.hpp"
#include "app/tell.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/source/open_source.hpp"
#include "ui/charts/charts_panel.hpp"
#include "ui/scenario/story_panel.hpp"
#include "ui/timeline/timeline_picture.hpp"
#include "ui/window/compare_window.hpp"
#include "ui/window/help_window.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/panel_picture.hpp"
#include "ui/window/theme.hpp"
#include "ui/window/timeline_theme.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::gui {
namespace {

using Paint = std::function<void(QPainter& painter)>;

void paint_into_file(const cli::RenderOptions& options, const Paint& paint) {
    const QSize size(options.width, options.height);
    QFile file(QString::fromStdString(options.output));
    bool written = file.open(QIODevice::WriteOnly | QIODevice::Truncate);
    if (written && options.output.ends_with(".svg")) {
        QSvgGenerator svg;
        svg.setOutputDevice(&file);
        svg.setSize(size);
        svg.setViewBox(QRect(QPoint(), size));
        svg.setTitle(QString::fromStdString(options.file));
        QPainter painter;
        written = painter.begin(&svg);
        if (written) paint(painter);
        written = painter.end() && written;
    } else if (written) {
        QImage image(size, QImage::Format_RGB32);
        QPainter painter(&image);
        paint(painter);
        painter.end();
        written = image.save(&file, "PNG");
    }
    if (!written || !file.flush() || file.error() != QFileDevice::NoError)
        throw cli::Failure(fmt::format("cannot write {}: {}; name another file with -o", options.output,
                                       file.errorString().toStdString()));
}

/// That a recording is cut or damaged, say.
void tell_note(const std::string& note) {
    if (!note.empty()) tell("note: {}\n", printable(note));
}

void render_timeline(const cli::RenderOptions& options, EventSource& source) {
    constexpr std::chrono::milliseconds pipe_pause{10};
    const auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    std::vector<Event> events;
    const bool comes_through_pipe = options.file == "-";
    for (SourceState state = SourceState::more;
         state == SourceState::more || (state == SourceState::idle && comes_through_pipe); events.clear()) {
        if (state == SourceState::idle) std::this_thread::sleep_for(pipe_pause);
        state = source.read(*symbols, events, 1 << 16);
        trace.append(events);
    }
    tell_note(source.note());
    ui::TimelinePicture picture;
    picture.size = QSize(options.width, options.height);
    if (options.from || options.to) {
        picture.from = options.from ? options.from->count() : trace.begin();
        picture.to = options.to ? options.to->count() : trace.end();
    }
    if (options.at) picture.cursor = std::max<EventIndex>(trace.first_at_or_after(options.at->count() + 1), 1) - 1;
    picture.style = ui::timelineStyle(ui::ThemeSwitch::instance().theme());
    picture.vector = options.output.ends_with(".svg");
    paint_into_file(options, [&](QPainter& painter) { ui::renderTo(&painter, trace, picture); });
}

/// Where a panel that shows one moment has something to show, when none is asked for: the end, where tasks are alive
/// then; else the last moment at which the most of them were.
EventIndex telling_moment(const Trace& trace) {
    const EventIndex end = trace.event_count() - 1;  // no_event when there are none
    if (trace.tasks_alive_at(end) > 0) return end;
    std::vector<std::pair<EventIndex, int>> changes;
    for (const Task& task : trace.tasks()) {
        changes.emplace_back(task.created_event, 1);
        changes.emplace_back(task.done_event, -1);
    }
    std::ranges::sort(changes);
    EventIndex moment = end;
    int alive = 0, most = 0;
    for (const auto& [event, change] : changes) {
        if (change < 0 && alive == most) moment = event - 1;
        alive += change;
        most = std::max(most, alive);
    }
    return moment;
}

/// The window on a recording that was read to its end, where the options want it to stand.
std::unique_ptr<ui::MainWindow> open_window(const cli::RenderOptions& options, ui::OpenedSource opened) {
    auto window = std::make_unique<ui::MainWindow>(ui::WindowServices{});
    window->resize(options.width, options.height);  // the panels take their places when the source is opened
    window->show();                                 // and their colours and fonts when they are shown
    window->open(std::move(opened.source), std::move(opened.description));
    ui::TraceSession& session = window->workspace()->session();
    while (!session.ended()) QApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
    tell_note(session.note().toStdString());
    QApplication::processEvents();

    ui::ViewState& view = window->workspace()->view();
    ui::TimeRange range;
    EventIndex cursor = no_event;
    {
        const auto trace = session.trace();
        range = {options.from ? options.from->count() : trace->begin(),
                 options.to ? options.to->count() : trace->end()};
        // These have all that happened up to the cursor.
        const bool ends = options.view == "output" || options.view == "events" || options.view == "story";
        cursor = options.at ? std::max<EventIndex>(trace->first_at_or_after(options.at->count() + 1), 1) - 1
                 : ends     ? trace->event_count() - 1
                            : telling_moment(*trace);
    }
    // The window shows a beginning, unless another moment is asked for.
    if (options.at || options.view != "window") {
        view.setCursor(cursor);
        if (auto* story = window->workspace()->story()) story->showCardAt(cursor);
    }
    if (options.from || options.to) view.setRange(range);
    return window;
}

void render_window(const cli::RenderOptions& options, ui::OpenedSource opened) {
    const auto window = open_window(options, std::move(opened));
    const QImage image = ui::grabWindow(*window, QSize(options.width, options.height));
    paint_into_file(options, [&](QPainter& painter) { painter.drawImage(0, 0, image); });
}

/// A window of its own, laid out in the picture's size.
void paint_widget(const cli::RenderOptions& options, QWidget& widget) {
    widget.resize(options.width, options.height);
    widget.show();
    for (int round = 0; round < 4; ++round) QApplication::processEvents(QEventLoop::ExcludeUserInputEvents, 50);
    paint_into_file(options, [&](QPainter& painter) { widget.render(&painter); });
}

/// One panel of the window, laid out in the picture's size.
void render_panel(const cli::RenderOptions& options, ui::OpenedSource opened) {
    const auto window = open_window(options, std::move(opened));
    const bool latencies = options.view == "latencies";  // a page of the charts
    ui::PanelDock* dock = window->workspace()->dock(latencies ? "charts" : QString::fromStdString(options.view));
    if (!dock) throw cli::Failure(fmt::format("{} has no {}: it is not of a scenario", options.file, options.view));
    if (latencies) qobject_cast<ui::ChartsPanel*>(dock->panel())->showPage(ui::ChartsPanel::Page::latencies);
    ui::standAlone(*dock, QSize(options.width, options.height));
    window->workspace()->finish();
    paint_into_file(options, [&](QPainter& painter) { ui::paintPanel(painter, *dock->panel()); });
}

/// Two recordings beside each other.
void render_comparison(const cli::RenderOptions& options, ui::OpenedSource before) {
    ui::OpenedSource after = open_recording(options.other);
    if (!after.error.isEmpty()) throw cli::Failure(after.error.toStdString());
    ui::CompareWindow window(std::move(before), std::move(after));
    window.resize(options.width, options.height);
    window.show();
    window.finish();
    paint_widget(options, window);
}

/// What is of no recording: the page the window begins with, and the manual.
void render_page(const cli::RenderOptions& options) {
    ui::MainWindow window(options.view == "welcome" ? window_services(false) : ui::WindowServices{});
    if (options.view == "help")
        paint_widget(options, *ui::HelpWindow::open(&window));
    else
        paint_widget(options, window);
}

/// The application without a display, for pictures.
std::unique_ptr<QApplication> make_offscreen_application() {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // What Qt misses here matters to a desktop only; whatever else it warns of is a mistake of ours, and told.
    qInstallMessageHandler([](QtMsgType type, const QMessageLogContext&, const QString& text) {
        if (type == QtDebugMsg || type == QtInfoMsg || text.startsWith("QStandardPaths: XDG_RUNTIME_DIR") ||
            text.startsWith("This plugin does not support"))
            return;
        tell("awaitscope: {}\n", text.toStdString());
    });
    qputenv("QT_SCALE_FACTOR", "1");  // sizes are the picture's pixels, however large the user likes the window
    return make_application();
}

}  // namespace

void render(const cli::RenderOptions& options) {
    using Choice = ui::ThemeSwitch::Choice;
    const auto put_on_theme = [&] {
        ui::ThemeSwitch::instance().apply(options.theme == "dark"       ? Choice::dark
                                          : options.theme == "contrast" ? Choice::contrast
                                                                        : Choice::light);
    };
    if (options.file.empty()) {
        const auto application = make_offscreen_application();
        put_on_theme();
        return render_page(options);
    }
    ui::OpenedSource opened = open_recording(options.file);
    // What lies beside the time shown is read too, for the overview and the rows, where there is memory for it.
    const RecordingOverview* all = opened.description.overview.get();
    if (all && all->events > GrowingTrace::events_that_fit(GrowingTrace::default_memory()) &&
        (options.from || options.to)) {
        SourcePart part;
        if (options.from) part.from = options.from->count();
        if (options.to) part.to = options.to->count();
        opened = opened.description.openPart(part);
    }
    if (!opened.error.isEmpty()) throw cli::Failure(opened.error.toStdString());

    const auto application = make_offscreen_application();
    put_on_theme();
    if (options.view == "window")
        render_window(options, std::move(opened));
    else if (options.view == "compare")
        render_comparison(options, std::move(opened));
    else if (options.view != "timeline")
        render_panel(options, std::move(opened));
    else
        render_timeline(options, *opened.source);
}

TimelinePictures timeline_pictures(const Trace& trace, const std::vector<Finding>& findings) {
    const auto application = make_offscreen_application();
    const auto painted = [&](const ui::TimelineStyle& style) {
        ui::TimelinePicture picture;
        // As high as a handful of rows needs, and no higher than a screen.
        constexpr int head = 190, row = 55, highest = 720;
        const auto rows = static_cast<int>(std::clamp<std::size_t>(trace.tasks().size(), 3, highest / row));
        picture.size.setHeight(std::min(head + rows * row, highest));
        picture.vector = true;
        for (const Finding& finding : findings) {
            if (const TaskIndex task = task_to_look_at(finding, trace); task != no_task) picture.first.push_back(task);
            for (const EventIndex event : finding.events)
                picture.noted.push_back({event, static_cast<int>(finding.severity)});
        }
        for (const Finding& finding : findings)
            picture.first.insert(picture.first.end(), finding.tasks.begin(), finding.tasks.end());
        std::ranges::sort(picture.noted, {}, &ui::NotedEvent::event);
        picture.style = style;
        QByteArray bytes;
        QBuffer buffer(&bytes);
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setSize(picture.size);
        svg.setViewBox(QRect(QPoint(), picture.size));
        svg.setTitle("Timeline");
        QPainter painter(&svg);
        ui::renderTo(&painter, trace, picture);
        painter.end();
        return bytes.mid(bytes.indexOf("<svg")).toStdString();  // without the prologue of a file
    };
    return {painted(ui::TimelineStyle::light()), painted(ui::TimelineStyle::dark())};
}

}  // namespace awaitscope::gui
