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

/// Events taken from the source at once.
constexpr std::size_t batch_events = 1 << 13;
/// How long the reading thread waits for views before it looks after its source again: a ring that takes ten million
/// events a second lasts a hundred times that long.
constexpr auto patience = std::chrono::milliseconds(1);
/// Events that may wait for views at once; with more, the source waits.
constexpr std::size_t waiting_most = 4 << 20;
constexpr int frame_ms = 16;
/// What a live source says may take so much before the names that nobody refers to any more are let go.
constexpr std::size_t symbol_bytes_most = 64 << 20;
constexpr auto pause_min = std::chrono::milliseconds(1);
constexpr auto pause_max = std::chrono::milliseconds(16);

}  // namespace

struct TraceSession::Private {
    Private(TraceSession& session, std::unique_ptr<EventSource> from, std::size_t memory_most)
        : owner(session), source(std::move(from)), trace(symbols, memory_most), info(source->info()) {
        clock.start();
    }

    // The reading thread's own.
    void readAll();
    bool pause(std::chrono::milliseconds time);
    bool isToStopReading();
    void learn(bool caught_up);
    void tellGrown();
    void tellEnded();

    // The GUI thread's own.
    void grownArrived();
    void emitGrown();

    TraceSession& owner;
    std::unique_ptr<EventSource> source;  ///< the reading thread's own
    std::shared_ptr<Symbols> symbols = std::make_shared<Symbols>();
    GrowingTrace trace;
    QElapsedTimer clock;

    mutable std::mutex mutex;  ///< guards what stands between here and `thread`
    std::condition_variable wake;
    bool stop = false;
    bool stop_reading = false;
    bool ended = false;
    std::optional<double> progress;
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
    std::vector<Event> waiting;  // read, and not yet in the trace, but for the first `taken` of them
    std::size_t taken = 0;
    auto idle = pause_min;
    std::string trouble;
    std::shared_ptr<Symbols> old_symbols;  // until the source has read with others
    for (SourceState state = SourceState::more; state != SourceState::ended;) {
        const std::size_t before = waiting.size();
        try {
            if (before - taken < waiting_most) state = source->read(*symbols, waiting, batch_events);
        } catch (const std::exception& error) {
            trouble = std::string("Reading stopped: ") + error.what();
            state = SourceState::ended;
        }
        const std::size_t read = waiting.size() - before;
        const std::span rest = std::span<const Event>(waiting).subspan(taken);
        const bool grew = !rest.empty();
        if (state == SourceState::ended) {
            trace.append_all(rest);
        } else if (grew) {
            taken += trace.append(rest, patience);
            if (taken < waiting.size()) state = SourceState::more;
        }
        if (taken > waiting.size() / 2) {
            waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(std::exchange(taken, 0)));
        }
        if (symbols->memory_bytes() > symbol_bytes_most && taken == waiting.size() && source->info().live) {
            old_symbols = std::exchange(symbols, std::make_shared<Symbols>());
            trace.take_symbols(symbols);
        }
        learn(state != SourceState::more);
        if (grew) {
            idle = pause_min;
            tellGrown();
        }
        if (state != SourceState::ended && isToStopReading()) {
            waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(taken));
            source->finish(*symbols, waiting);
            trace.append_all(waiting);
            break;
        }
        // With more to come it only looks whether to stop.
        if (!pause(state == SourceState::idle ? idle : std::chrono::milliseconds(0))) return;
        if (state == SourceState::idle) idle = std::min(idle * 2, pause_max);
        const std::lock_guard lock(mutex);
        rate.add(read, clock.elapsed());
        if (!trouble.empty()) note = trouble;
    }
    tellEnded();
}

bool TraceSession::Private::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex);
    if (time.count() > 0) wake.wait_for(lock, time, [this] { return stop || stop_reading; });
    return !stop;
}

bool TraceSession::Private::isToStopReading() {
    const std::lock_guard lock(mutex);
    if (!stop_reading) return false;
    note = progress ? TraceSession::tr("Reading was stopped at %1 %. What was read until then is here.")
                          .arg(static_cast<int>(*progress * 100))
                          .toStdString()
                    : TraceSession::tr("Reading was stopped. What was read until then is here.").toStdString();
    return true;
}

void TraceSession::Private::learn(bool caught_up) {
    {
        const std::lock_guard lock(mutex);
        progress = source->progress();
    }
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
    if (trace.fold_due()) emit owner.foldWanted();
}

TraceSession::TraceSession(std::unique_ptr<EventSource> source, QObject* parent, std::size_t memory_most)
    : QObject(parent), d_(std::make_unique<Private>(*this, std::move(source), memory_most)) {
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
    return d_->trace.read();
}

GrowingTrace::Renumbering TraceSession::fold() {
    return d_->trace.fold();
}

bool TraceSession::foldDue() const {
    return d_->trace.fold_due();
}

std::size_t TraceSession::memoryBytes() const {
    return d_->trace.memory_bytes();
}

GrowingTrace::Waits TraceSession::viewWaits() const {
    return d_->trace.reader_waits();
}

GrowingTrace::Waits TraceSession::readingWaits() const {
    return d_->trace.appender_waits();
}

SourceInfo TraceSession::info() const {
    const std::lock_guard lock(d_->mutex);
    return d_->info;
}

bool TraceSession::ended() const {
    const std::lock_guard lock(d_->mutex);
    return d_->ended;
}

std::optional<double> TraceSession::progress() const {
    const std::lock_guard lock(d_->mutex);
    return d_->ended ? std::nullopt : d_->progress;
}

void TraceSession::stopReading() {
    const std::lock_guard lock(d_->mutex);
    d_->stop_reading = true;
    d_->wake.notify_all();
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
