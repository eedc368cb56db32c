// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "instrumentation/source/event_source.hpp"
#include "instrumentation/source/recording_overview.hpp"

namespace awaitscope::ui {

class StoryGate;
struct OpenedSource;

/// What the window knows of the source it shows, beside the events.
struct SourceDescription {
    enum class Kind { scenario, process, recording };
    Kind kind = Kind::recording;
    QString name;      ///< "gather-factorial", "echo_server", "run.awaitscope": for the top bar
    QString detail;    ///< a faint word beside it: "pid 4711", a folder
    QString scenario;  ///< a scenario's name, also for a recording of one; empty: no story
    QString path;      ///< a recording's file; empty otherwise
    /// How much there is in a recording, which part of it is open, and what opens another; null and empty otherwise.
    std::shared_ptr<const RecordingOverview> overview;
    SourcePart part;
    std::function<OpenedSource(const SourcePart& part)> openPart;
    int pid = 0;  ///< of the process attached to; 0: none
    /// Starts the variant of a scenario that does what people expect, which is shown beside it; empty where there is
    /// none. Gives null where it cannot.
    std::function<std::unique_ptr<EventSource>()> startExpected;
    /// What holds back a scenario's run behind its story's open questions: the window makes it when it opens one that
    /// is walked through, and asks first. Null where all is shown.
    std::shared_ptr<StoryGate> gate;
    /// Whatever must live as long as the source: a scenario's child is ended when it goes. An attached process needs
    /// none: the window never touches it.
    std::shared_ptr<void> lifetime;
    /// Of a program that was started for this window: whether it runs, so that the user is asked what becomes of it
    /// before the window lets go of it; and what ends it, at once or after a moment. Both empty for all others.
    std::function<bool()> runsOn;
    std::function<void()> endProgram;
};

/// A source that was opened, or why it was not.
struct OpenedSource {
    std::unique_ptr<EventSource> source;  ///< null when it failed
    SourceDescription description;
    QString error;  ///< one sentence for the user: what, where, what to do
};

/// A process of this user that shares events, has left some when it died, or could be made to share them.
struct ProcessEntry {
    enum class State {
        running,
        crashed,     ///< its last events can be read
        ended,       ///< as it should; all it left can be read
        unprepared,  ///< a Python that runs, and shares nothing
    };
    State state = State::running;
    int pid = 0;
    QString name;
    QString command;
    int loops = 0;
    std::uint64_t tasks = 0;
    double events_per_second = 0;
    QDateTime started;  ///< invalid: not known
    QString problem;    ///< why it cannot be attached to; empty when it can
};

/// What running code in a process would be, for the one who is asked.
struct InjectionOffer {
    QString program;      ///< "app.py (python3.11)"
    bool by_gdb = false;  ///< else through the interpreter's own interface
    QString problem;      ///< why it cannot be done; empty when it can
};

/// What the window asks of the program around it. The composition root fills it in; the window never starts, finds or
/// opens anything by itself. All are called on the GUI thread, must not block for long, and report what fails in words
/// (never by a throw). One left empty takes its commands out of the window.
struct WindowServices {
    bool tour = false;  ///< shows a new user around when a source is open for the first time
    std::function<OpenedSource(const QString& name)> startScenario;
    /// Newest first; of the dead with one pid, only what attach() would open.
    std::function<std::vector<ProcessEntry>()> listSessions;
    /// Running Pythons that share no events, and what it takes to change that. inject() returns at once; `done` is
    /// called later, on the GUI thread, with an empty text or with why it failed. What was begun is never broken off.
    std::function<std::vector<ProcessEntry>()> listUnprepared;
    std::function<InjectionOffer(int pid)> offerInjection;
    std::function<void(int pid, std::function<void(QString error)> done)> inject;
    /// Why a process that is in none of the lists cannot be attached to.
    std::function<QString(int pid)> whyUnseen;
    std::function<OpenedSource(int pid)> attach;
    std::function<OpenedSource(const QString& path)> openFile;
    /// Records a process into a file until what it returns is dropped. Null, and why in `error`, when it cannot.
    std::function<std::shared_ptr<void>(int pid, const QString& path, QString* error)> startRecording;
};

}  // namespace awaitscope::ui
