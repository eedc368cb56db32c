// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/trace_session.hpp"

#include <QElapsedTimer>
#include <QTimer>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "ui/model/rate_meter.hpp"

namespace awaitscope::ui {
namespace {

/// Events appended under one hold of the lock: well under 2 ms, so that a paint never waits longer.
constexpr std::size_t batch_events = 2048;
constexpr int frame_ms = 16;
constexpr auto pause_min = std::chrono::milliseconds(1);
constexpr auto pause_max = std::chrono::milliseconds(16);

}  // namespace

struct TraceSession::Private {
    Private(TraceSession& session, std::unique_ptr<EventSource> from)
        : owner(session), source(std::move(from)), info(source->info()) {
        clock.start();
    }

    // The reading thread's own.
    void readAll();
    bool pause(std::chrono::milliseconds time);
    void learn(bool caught_up);
    void tellGrown();
    void tellEnded();

    // The GUI thread's own.
    void grownArrived();
    void emitGrown();

    TraceSession& owner;
    std::unique_ptr<EventSource> source;  ///< the reading thread's own
    std::shared_ptr<Symbols> symbols = std::make_shared<Symbols>();
    mutable std::shared_mutex trace_mutex;
    Trace trace{symbols};  ///< by trace_mutex
    QElapsedTimer clock;

    mutable std::mutex mutex;  ///< guards what stands between here and `thread`
    std::condition_variable wake;
    bool stop = false;
    bool ended = false;
    bool told = false;  ///< a grown is on its way to the GUI thread
    SourceInfo info;
    std::string note;
    std::uint64_t unknown = 0;
    RateMeter rate;

    QTimer frame;  ///< runs while a grown waits for its frame
    qint64 last_grown_ms = -frame_ms;
    std::thread thread;
};

void TraceSession::Private::readAll() {
    std::vector<Event> batch;
    batch.reserve(2 * batch_events);
    auto idle = pause_min;
    std::string trouble;
    for (SourceState state = SourceState::more; state != SourceState::ended;) {
        batch.clear();
        try {
            state = source->read(*symbols, batch, batch_events);
        } catch (const std::exception& error) {
            trouble = std::string("Reading stopped: ") + error.what();
            state = SourceState::ended;
        }
        for (std::span<const Event> rest = batch; !rest.empty();) {
            const std::size_t count = std::min(rest.size(), batch_events);
            const std::unique_lock lock(trace_mutex);
            trace.append(rest.first(count));
            rest = rest.subspan(count);
        }
        learn(state != SourceState::more);
        if (!batch.empty()) {
            idle = pause_min;
            tellGrown();
        }
        // With more to come it only looks whether to stop.
        if (!pause(state == SourceState::idle ? idle : std::chrono::milliseconds(0))) return;
        if (state == SourceState::idle) idle = std::min(idle * 2, pause_max);
        const std::lock_guard lock(mutex);
        rate.add(batch.size(), clock.elapsed());
        if (!trouble.empty()) note = trouble;
    }
    tellEnded();
}

bool TraceSession::Private::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex);
    if (time.count() > 0) wake.wait_for(lock, time, [this] { return stop; });
    return !stop;
}

void TraceSession::Private::learn(bool caught_up) {
    if (!caught_up) return;
    std::string said = source->note();
    SourceInfo known = source->info();
    const std::uint64_t left_out = source->unknown_events();
    const std::lock_guard lock(mutex);
    note = std::move(said);
    info = std::move(known);
    unknown = left_out;
}

void TraceSession::Private::tellGrown() {
    {
        const std::lock_guard lock(mutex);
        if (std::exchange(told, true)) return;
    }
    QMetaObject::invokeMethod(
        &owner, [this] { grownArrived(); }, Qt::QueuedConnection);
}

void TraceSession::Private::tellEnded() {
    QMetaObject::invokeMethod(
        &owner,
        [this] {
            frame.stop();
            emitGrown();
            QString text;
            {
                const std::lock_guard lock(mutex);
                ended = true;
                text = QString::fromStdString(note);
            }
            emit owner.ended(text);
        },
        Qt::QueuedConnection);
}

void TraceSession::Private::grownArrived() {
    const qint64 due = last_grown_ms + frame_ms - clock.elapsed();
    if (due <= 0)
        emitGrown();
    else if (!frame.isActive())
        frame.start(static_cast<int>(due));
}

void TraceSession::Private::emitGrown() {
    {
        // Taken back before the views look, so that what comes while they do is told again.
        const std::lock_guard lock(mutex);
        if (!std::exchange(told, false)) return;
    }
    last_grown_ms = clock.elapsed();
    emit owner.grown();
}

TraceSession::TraceSession(std::unique_ptr<EventSource> source, QObject* parent)
    : QObject(parent), d_(std::make_unique<Private>(*this, std::move(source))) {
    d_->frame.setSingleShot(true);
    d_->frame.setTimerType(Qt::PreciseTimer);
    connect(&d_->frame, &QTimer::timeout, this, [this] { d_->emitGrown(); });
    d_->thread = std::thread([this] { d_->readAll(); });
}

TraceSession::~TraceSession() {
    {
        const std::lock_guard lock(d_->mutex);
        d_->stop = true;
    }
    d_->wake.notify_all();
    d_->thread.join();
}

TraceSession::TraceReader TraceSession::trace() const {
    return TraceReader(d_->trace_mutex, d_->trace);
}

SourceInfo TraceSession::info() const {
    const std::lock_guard lock(d_->mutex);
    return d_->info;
}

bool TraceSession::ended() const {
    const std::lock_guard lock(d_->mutex);
    return d_->ended;
}

QString TraceSession::note() const {
    const std::lock_guard lock(d_->mutex);
    return QString::fromStdString(d_->note);
}

std::uint64_t TraceSession::unknownEvents() const {
    const std::lock_guard lock(d_->mutex);
    return d_->unknown;
}

double TraceSession::eventsPerSecond() const {
    const std::lock_guard lock(d_->mutex);
    return d_->rate.perSecond(d_->clock.elapsed());
}

}  // namespace awaitscope::ui
