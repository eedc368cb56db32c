// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/services.hpp"

#include <fmt/format.h>

#include <QDir>
#include <QFileInfo>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <set>
#include <thread>

#include "app/gui/injections.hpp"
#include "app/gui/quit_on_signal.hpp"
#include "app/gui/scenario_run.hpp"
#include "app/tell.hpp"
#include "instrumentation/source/live_source.hpp"
#include "instrumentation/source/open_source.hpp"
#include "instrumentation/source/record.hpp"
#include "instrumentation/source/session_directory.hpp"
#include "instrumentation/source/silence_source.hpp"
#include "instrumentation/source/source_error.hpp"
#include "ui/scenario/scenario_catalog.hpp"

namespace awaitscope::gui {
namespace {

using Kind = ui::SourceDescription::Kind;

/// How long the window may stand still while a program starts.
constexpr std::chrono::seconds patience{10};

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

/// What `open` gives, or the line of what it throws.
template <class Open>
ui::OpenedSource attempt(const Open& open) {
    try {
        return open();
    } catch (const std::exception& error) {
        ui::OpenedSource failed;
        failed.error = text(error.what());
        return failed;
    }
}

/// Records until it goes.
class BackgroundRecording {
  public:
    BackgroundRecording(std::unique_ptr<EventSource> source, const std::string& path, const RecordingOptions& options)
        : source_(std::move(source)), writer_(path, symbols_, options), path_(path), thread_([this] { work(); }) {}
    ~BackgroundRecording() {
        stop_ = true;
        thread_.join();
    }
    BackgroundRecording(const BackgroundRecording&) = delete;
    BackgroundRecording& operator=(const BackgroundRecording&) = delete;

  private:
    void work() {
        try {
            record(*source_, symbols_, writer_, [this](const RecordProgress&) { return stop_.load(); });
        } catch (const std::exception& error) {
            // The window may be gone by now; the terminal is where the recording was asked for.
            tell("awaitscope: the recording {} ends here: {}\n", path_, error.what());
        }
    }

    Symbols symbols_;
    std::unique_ptr<EventSource> source_;
    RecordingWriter writer_;
    std::string path_;
    std::atomic<bool> stop_ = false;
    std::thread thread_;
};

/// A program that was started for a window, for as long as that shows it. Where it then runs on, the terminal that it
/// was started from is told.
class StartedProgram {
  public:
    StartedProgram(std::shared_ptr<LaunchedProcess> process, std::string command)
        : process_(std::move(process)), command_(std::move(command)) {}
    ~StartedProgram() {
        if (process_->running()) tell("awaitscope: {} runs on as process {}\n", command_, process_->pid());
    }
    StartedProgram(const StartedProgram&) = delete;
    StartedProgram& operator=(const StartedProgram&) = delete;

    bool runs_on() const { return process_->running() && !QuitOnSignal::came(); }
    /// Asks it to end, and gives it a moment for that.
    void end() {
        constexpr std::chrono::seconds moment{2};
        const auto until = std::chrono::steady_clock::now() + moment;
        process_->terminate(SIGTERM);
        while (process_->running() && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }

  private:
    std::shared_ptr<LaunchedProcess> process_;
    std::string command_;
};

/// "pid 4711", or "pids 4711, 4712".
QString pids_text(const std::vector<int>& pids) {
    QStringList all;
    for (int pid : pids) all.push_back(QString::number(pid));
    return (pids.size() == 1 ? QStringLiteral("pid ") : QStringLiteral("pids ")) + all.join(", ");
}

/// A file's folder, from where the user stands when it is below, else in full.
QString readable_folder(const QFileInfo& file) {
    const QString below = QDir::current().relativeFilePath(file.absolutePath());
    if (below == ".") return {};  // the name says it all
    return below.startsWith("..") || QDir::isAbsolutePath(below) ? file.absolutePath() : below;
}

/// The scenario that a recording is of, so that its story can be shown; empty for other recordings. A scenario's loop
/// bears its name.
QString scenario_in(const std::string& path) {
    constexpr std::size_t first_events = 64;
    const auto source = open_source(path);
    Symbols symbols;
    std::vector<Event> events;
    source->read(symbols, events, first_events);
    for (const Event& event : events) {
        if (event.kind() != EventKind::loop_started) continue;
        const std::string_view utf8 = symbols.string(event.b);
        const QString name = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
        for (const auto& entry : ui::scenarioCatalog())
            if (entry.name == name) return name;
    }
    return {};
}

using State = ui::ProcessEntry::State;

State state_of(SessionStatus status) {
    return status == SessionStatus::crashed ? State::crashed
           : status == SessionStatus::ended ? State::ended
                                            : State::running;
}

std::vector<ui::ProcessEntry> process_entries(SessionDirectory& directory) {
    const std::vector<SessionEntry>& sessions = directory.refresh();
    std::set<int> taken;  // pids: the living one's is that of none who died before
    for (const SessionEntry& session : sessions)
        if (session.status == SessionStatus::running) taken.insert(session.pid);
    std::vector<ui::ProcessEntry> entries;
    for (const SessionEntry& session : sessions) {
        const State state = state_of(session.status);
        if (state != State::running && !taken.insert(session.pid).second) continue;
        if (ScenarioRun::is_one(session.command)) continue;
        ui::ProcessEntry entry;
        entry.state = state;
        if (session.started_unix_ns > 0)
            entry.started = QDateTime::fromMSecsSinceEpoch(session.started_unix_ns / 1'000'000);
        entry.pid = session.pid;
        entry.name = text(session.name);
        entry.command = text(session.command);
        entry.loops = static_cast<int>(session.loops);
        entry.tasks = session.tasks_alive;
        entry.events_per_second = session.events_per_second;
        entry.problem = text(session.problem);
        entries.push_back(entry);
    }
    return entries;
}

}  // namespace

namespace {

/// What starts a scenario's variant; empty where it has none.
std::function<std::unique_ptr<EventSource>()> expected_of(const QString& name, bool real_clock) {
    for (const auto& entry : ui::scenarioCatalog()) {
        if (entry.name != name || entry.story.expected.empty()) continue;
        return [name, real_clock]() -> std::unique_ptr<EventSource> {
            try {
                return std::make_unique<ScenarioRun>(name.toStdString() + "/expected", real_clock);
            } catch (const std::exception& error) {
                tell("awaitscope: {}\n", error.what());
                return nullptr;
            }
        };
    }
    return {};
}

}  // namespace

ui::OpenedSource open_scenario(const std::string& name, bool real_clock) {
    return attempt([&] {
        ui::OpenedSource opened;
        opened.source = std::make_unique<ScenarioRun>(name, real_clock);
        opened.description.kind = Kind::scenario;
        opened.description.name = opened.description.scenario = text(name);
        opened.description.startExpected = expected_of(opened.description.scenario, real_clock);
        return opened;
    });
}

ui::OpenedSource open_processes(const SessionGroup& group) {
    return attempt([&] {
        ui::OpenedSource opened;
        opened.source = std::make_unique<SilenceSource>(open_group(group));
        opened.description.kind = Kind::process;
        opened.description.name = text(opened.source->info().name);
        opened.description.detail = pids_text(group.pids);
        opened.description.pid = group.pids.front();
        return opened;
    });
}

/// What comes through standard input, as it comes.
ui::OpenedSource open_stream(const SourcePart& part) {
    return attempt([&] {
        ui::OpenedSource opened;
        opened.source = open_source("-", part);
        opened.description.kind = Kind::process;
        opened.description.name = text(opened.source->info().name);
        opened.description.detail = QStringLiteral("pid %1, through a pipe").arg(opened.source->info().pid);
        return opened;
    });
}

namespace {

using Overview = std::shared_ptr<const RecordingOverview>;

/// Null for a file that is not a recording of ours.
Overview overview_of(const std::string& path) {
    try {
        return std::make_shared<RecordingOverview>(read_overview(path));
    } catch (const SourceError&) {
        return nullptr;
    }
}

/// `overview`: as read before; null: it is still to be read.
ui::OpenedSource open_file(const std::string& path, const SourcePart& part, Overview overview) {
    return attempt([&] {
        ui::OpenedSource opened;
        opened.source = open_source(path, part);
        const QFileInfo file(text(path));
        opened.description.kind = Kind::recording;
        opened.description.name = file.fileName();
        opened.description.detail = readable_folder(file) + (part.is_all() ? QString() : QStringLiteral(" (a part)"));
        opened.description.path = file.absoluteFilePath();
        opened.description.overview = overview ? overview : overview_of(path);
        opened.description.part = part;
        opened.description.openPart = [path, known = opened.description.overview](const SourcePart& other) {
            return open_file(path, other, known);
        };
        opened.description.scenario = scenario_in(path);
        opened.description.startExpected = expected_of(opened.description.scenario, false);
        return opened;
    });
}

}  // namespace

ui::OpenedSource open_recording(const std::string& path, const SourcePart& part) {
    return path == "-" ? open_stream(part) : open_file(path, part, nullptr);
}

ui::OpenedSource open_command(const std::vector<std::string>& command) {
    return attempt([&] {
        LaunchOptions options;
        options.command = command;
        auto process = std::make_shared<LaunchedProcess>(options);
        ui::OpenedSource opened;
        opened.source = std::make_unique<SilenceSource>(open_launch(process, patience));
        opened.description.kind = Kind::process;
        opened.description.name = text(opened.source->info().name);
        opened.description.detail = QStringLiteral("pid %1").arg(process->pid());
        opened.description.pid = process->pid();
        auto program = std::make_shared<StartedProgram>(process, command.front());
        opened.description.runsOn = [program] { return program->runs_on(); };
        opened.description.endProgram = [program] { program->end(); };
        opened.description.lifetime = std::move(program);
        return opened;
    });
}

std::shared_ptr<void> start_recording(const SessionGroup& group, const std::string& path,
                                      const RecordingOptions& recording, std::string& error) {
    try {
        return std::make_shared<BackgroundRecording>(std::make_unique<SilenceSource>(open_group(group)), path,
                                                     recording);
    } catch (const std::exception& problem) {
        error = problem.what();
        return nullptr;
    }
}

ui::WindowServices window_services(bool real_clock) {
    ui::WindowServices services;
    services.tour = true;
    services.startScenario = [real_clock](const QString& name) {
        return open_scenario(name.toStdString(), real_clock);
    };
    services.attach = [](int pid) { return open_processes({.pids = {pid}}); };
    services.openFile = [](const QString& path) { return open_recording(path.toStdString()); };
    services.listSessions = [directory = std::make_shared<SessionDirectory>()] {
        try {
            return process_entries(*directory);
        } catch (const std::exception& error) {
            ui::ProcessEntry entry;
            entry.problem = text(error.what());
            return std::vector{entry};
        }
    };
    services.listUnprepared = unprepared_entries;
    services.offerInjection = offer_injection;
    services.inject = [injections = std::make_shared<Injections>()](int pid, std::function<void(QString)> done) {
        injections->start(pid, std::move(done));
    };
    services.whyUnseen = [](int pid) { return text(why_unseen(pid)); };
    services.startRecording = [](int pid, const QString& path, QString* error) {
        std::string problem;
        auto recording = start_recording({.pids = {pid}}, path.toStdString(), {}, problem);
        if (!recording) *error = text(problem);
        return recording;
    };
    return services;
}

}  // namespace awaitscope::gui
