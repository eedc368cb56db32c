// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/stepper.hpp"

#include <algorithm>
#include <utility>

namespace awaitscope::ui {
namespace {

constexpr int beat_ms = 16;

}  // namespace

Stepper::Stepper(TraceSession& session, ViewState& view, QObject* parent)
    : QObject(parent), session_(session), view_(view) {
    timer_.setInterval(beat_ms);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, [this] { advance(clock_.nsecsElapsed()); });
    // Whoever moves the cursor during the walk takes it over: it goes on from there, or, where it had but something to
    // show, is over.
    connect(&view_, &ViewState::cursorChanged, this, [this] {
        if (moving_cursor_) return;
        moved_ = true;
        if (stop_ != no_event) pause();
    });
    connect(&view_, &ViewState::followingChanged, this, [this] {
        if (view_.following()) pause();
    });
}

Stepper::Pace Stepper::pace() const {
    if (pace_) return *pace_;
    return session_.info().virtual_clock ? Pace::steps : Pace::time;
}

void Stepper::setPace(Pace pace) {
    if (pace == this->pace()) return;
    pace_ = pace;
    moved_ = true;  // the walk goes on from the cursor, counted by the other measure
    emit paceChanged();
}

void Stepper::setSpeed(double factor) {
    const double speed = std::clamp(factor, speed_min, speed_max);
    if (speed == speed_) return;
    speed_ = speed;
    emit speedChanged();
}

void Stepper::go(EventIndex to) {
    moving_cursor_ = true;
    view_.setCursor(to);
    moving_cursor_ = false;
}

void Stepper::walk(EventIndex to) {
    const EventIndex from = view_.cursor();
    go(to);
    if (from != to) emit walked(from);
}

/// Goes where find(trace, cursor) says; stays where it says nothing.
template <class Find>
void Stepper::goWhere(Find find) {
    std::optional<EventIndex> to;
    {
        const auto trace = session_.trace();
        if (trace->event_count() > 0) to = find(*trace, view_.cursor());
    }
    if (to) go(*to);
}

/// The same, forward: says so where the cursor stands at the last event already.
template <class Find>
void Stepper::goOn(Find find) {
    const EventIndex before = view_.cursor();
    goWhere(find);
    if (view_.cursor() != before)
        emit walked(before);
    else if (before == no_event || before + 1 >= session_.trace()->event_count())
        emit atEnd();
}

namespace {

std::optional<EventIndex> where(EventIndex found) {
    return found == no_event ? std::nullopt : std::optional(found);
}

EventIndex step_or_end(const Trace& trace, EventIndex cursor) {
    const EventIndex next = trace.next_step(cursor);
    return next == no_event ? trace.event_count() - 1 : next;
}

}  // namespace

void Stepper::step() {
    goOn([](const Trace& trace, EventIndex cursor) { return where(step_or_end(trace, cursor)); });
}
void Stepper::stepBack() {
    goWhere([](const Trace& trace, EventIndex cursor) { return std::optional(trace.previous_step(cursor)); });
}
void Stepper::nextStepOfSelected() {
    goOn(
        [this](const Trace& trace, EventIndex cursor) { return where(trace.next_step(cursor, view_.selectedTask())); });
}
void Stepper::previousStepOfSelected() {
    goWhere([this](const Trace& trace, EventIndex cursor) {
        return where(trace.previous_step(cursor, view_.selectedTask()));
    });
}
void Stepper::nextEvent() {
    goOn([](const Trace& trace, EventIndex cursor) {
        return std::optional(cursor == no_event ? 0 : std::min(cursor + 1, trace.event_count() - 1));
    });
}
void Stepper::previousEvent() {
    goWhere([](const Trace&, EventIndex cursor) {
        return std::optional(cursor == no_event || cursor == 0 ? no_event : cursor - 1);
    });
}
void Stepper::nextIteration() {
    goOn([](const Trace& trace, EventIndex cursor) { return where(trace.next_iteration(cursor)); });
}
void Stepper::previousIteration() {
    goWhere([](const Trace& trace, EventIndex cursor) { return where(trace.previous_iteration(cursor)); });
}
void Stepper::nextOutput() {
    goOn([](const Trace& trace, EventIndex cursor) { return where(trace.next_output(cursor)); });
}
void Stepper::previousOutput() {
    goWhere([](const Trace& trace, EventIndex cursor) { return where(trace.previous_output(cursor)); });
}
void Stepper::nextFinding() {
    goWhere([this](const Trace&, EventIndex cursor) -> std::optional<EventIndex> {
        const auto next = cursor == no_event ? findings_.begin() : std::ranges::upper_bound(findings_, cursor);
        return next == findings_.end() ? std::nullopt : std::optional(*next);
    });
}
void Stepper::previousFinding() {
    goWhere([this](const Trace&, EventIndex cursor) -> std::optional<EventIndex> {
        const auto next = cursor == no_event ? findings_.begin() : std::ranges::lower_bound(findings_, cursor);
        return next == findings_.begin() ? std::nullopt : std::optional(*(next - 1));
    });
}
void Stepper::first() {
    goWhere([](const Trace&, EventIndex) { return std::optional(no_event); });
}
void Stepper::last() {
    goWhere([](const Trace& trace, EventIndex) { return std::optional(trace.event_count() - 1); });
}

void Stepper::run() {
    if (running()) return;
    EventIndex cursor = view_.cursor();
    Nanoseconds start = 0;
    {
        const auto trace = session_.trace();
        const EventIndex count = trace->event_count();
        const bool over = !view_.futureHidden() && (session_.ended() || !session_.info().live);
        if (count > 0 && cursor != no_event && cursor >= count - 1 && over) cursor = no_event;
        start = trace->time_at(cursor);
    }
    walk(cursor);
    moved_ = false;
    time_ = pace() == Pace::time ? static_cast<double>(start) : 0;
    clock_.start();
    timer_.start();
    emit runningChanged();
}

void Stepper::runTo(EventIndex event) {
    pause();
    if (view_.cursor() != no_event && view_.cursor() >= event) return;
    run();
    stop_ = event;
}

void Stepper::pause() {
    stop_ = no_event;
    if (!running()) return;
    timer_.stop();
    emit runningChanged();
}

void Stepper::toggle() {
    running() ? pause() : run();
}

void Stepper::advance(qint64 elapsed_ns) {
    clock_.start();
    EventIndex to = view_.cursor();
    bool more = true;
    {
        const auto trace = session_.trace();
        if (std::exchange(moved_, false)) time_ = pace() == Pace::time ? static_cast<double>(trace->time_at(to)) : 0;
        more = pace() == Pace::time ? advanceTime(*trace, elapsed_ns, to) : advanceSteps(*trace, elapsed_ns, to);
    }
    const bool arrived = stop_ != no_event && to != no_event && to >= stop_;
    if (arrived && (view_.cursor() == no_event || view_.cursor() < stop_)) to = stop_;
    if (to != view_.cursor()) walk(to);
    if (arrived) return pause();
    if (more) return;
    // Of something live, more may come, unless it waits for an answer.
    if (session_.ended() || !session_.info().live || view_.futureHidden()) pause();
    if (view_.futureHidden()) emit atEnd();
}

bool Stepper::advanceSteps(const Trace& trace, qint64 elapsed_ns, EventIndex& to) {
    constexpr double step_ns = step_ms * 1e6;
    const EventIndex count = trace.event_count();
    for (time_ += static_cast<double>(elapsed_ns) * speed_; time_ >= step_ns; time_ -= step_ns) {
        if (count == 0 || (to != no_event && to + 1 >= count)) {
            time_ = 0;
            return false;
        }
        to = step_or_end(trace, to);
    }
    return count > 0 && (to == no_event || to + 1 < count);
}

bool Stepper::advanceTime(const Trace& trace, qint64 elapsed_ns, EventIndex& to) {
    const double end = static_cast<double>(trace.end());
    time_ = std::min(time_ + static_cast<double>(elapsed_ns) * speed_, end);
    const EventIndex passed = trace.first_at_or_after(static_cast<Nanoseconds>(time_) + 1);
    if (passed > 0 && (to == no_event || passed - 1 > to)) to = passed - 1;
    return time_ < end;
}

}  // namespace awaitscope::ui
