// SPDX-License-Identifier: MIT
// CPython's streams.py: StreamReader.
#include "asyncio/detail/stream_core.hpp"
#include "asyncio/errors.hpp"

namespace asyncio::detail {

StreamRead::StreamRead(StreamCore& core, Mode mode, long count)
    : core_(core.shared_from_this()), count_(count), mode_(mode) {
    may_hang_again = true;
}

StreamRead::StreamRead(StreamCore& core, Mode mode, std::string separator, std::vector<std::string> longer)
    : core_(core.shared_from_this()), separator_(std::move(separator)), longer_(std::move(longer)), mode_(mode) {
    may_hang_again = true;
}

StreamRead::~StreamRead() {
    withdraw();
}

StreamRead::operator Coroutine<std::string>() && {
    return read(core_, mode_, count_, std::move(separator_), std::move(longer_));
}

Coroutine<std::string> StreamRead::read(std::shared_ptr<StreamCore> core, Mode mode, long count, std::string separator,
                                        std::vector<std::string> longer) {
    StreamRead reading(*core, mode, std::move(separator), std::move(longer));
    reading.count_ = count;
    co_return co_await reading;
}

const char* StreamRead::name() const {
    switch (mode_) {
        case Mode::some:
        case Mode::all:
            return "read";
        case Mode::exactly:
            return "readexactly";
        default:
            return "readuntil";
    }
}

bool StreamRead::await_ready() {
    if (mode_ == Mode::exactly && count_ < 0) throw ValueError("readexactly size can not be less than zero");
    if (mode_ == Mode::until && separator_.empty()) throw ValueError("Separator should be at least one-byte string");
    if (can_finish()) return true;
    if (core_->reader_) refuse();
    return false;
}

void StreamRead::refuse() const {
    throw RuntimeError(std::string(name()) + "() called while another coroutine is already waiting for incoming data");
}

bool StreamRead::can_finish() {
    if (core_->exception_) return true;
    switch (mode_) {
        case Mode::some:
            return count_ == 0 || core_->available() > 0 || core_->eof_;
        case Mode::all:
            collected_ += core_->take(core_->available());
            return core_->eof_;
        case Mode::exactly:
            return core_->available() >= static_cast<std::size_t>(count_) || core_->eof_;
        case Mode::until:
        case Mode::line:
            return find_separator() || core_->eof_;
    }
    return true;
}

bool StreamRead::find_separator() {
    const std::string_view data = core_->buffer_.view();
    if (data.size() < searched_ + separator_.size()) return false;
    const auto look_for = [&](const std::string& separator) {
        const auto at = data.find(separator, searched_);
        if (at == std::string_view::npos) return;
        const auto end = at + separator.size();
        if (found_end_ != 0 && end >= found_end_) return;
        found_ = at;
        found_end_ = end;
    };
    look_for(separator_);
    for (const std::string& separator : longer_) look_for(separator);
    if (found_end_ != 0) return true;
    // The longest may have begun at the end of what is there.
    const auto longest = longer_.empty() ? separator_.size() : longer_.back().size();
    searched_ = data.size() + 1 > longest ? data.size() + 1 - longest : 0;
    overrun_ = searched_ > core_->limit_;
    return overrun_;
}

void StreamRead::suspend_at(PromiseBase& at) {
    at_ = &at;
    waited_ = true;
    line_up();
}

void StreamRead::line_up() {
    core_->reader_ = this;
    if (core_->reading_paused_) {
        core_->reading_paused_ = false;
        core_->transport_->resume_reading();
    }
    suspend(*at_, WaitKind::io, core_->closed().id());
}

void StreamRead::withdraw() {
    if (core_->reader_ == this) core_->reader_ = nullptr;
}

bool StreamRead::wait_is_over() {
    withdraw();
    if (cancelled() || can_finish()) return true;
    refused_ = core_->reader_ != nullptr;
    if (refused_) return true;
    line_up();
    return false;
}

std::string StreamRead::await_resume() {
    if (waited_) {
        withdraw();
        throw_if_cancelled();
        if (refused_) refuse();
    }
    return finish();
}

std::string StreamRead::finish() {
    StreamCore& core = *core_;
    if (core.exception_) std::rethrow_exception(core.exception_);
    switch (mode_) {
        case Mode::some:
            return core.take(std::min(core.available(), static_cast<std::size_t>(count_)));
        case Mode::all:
            return std::move(collected_);
        case Mode::exactly: {
            const auto wanted = static_cast<std::size_t>(count_);
            if (core.available() >= wanted) return core.take(wanted);
            throw IncompleteReadError(core.take(core.available()), count_);
        }
        case Mode::until:
            return finish_until();
        case Mode::line:
            return finish_line();
    }
    return {};
}

std::string StreamRead::finish_until() {
    StreamCore& core = *core_;
    if (overrun_) throw LimitOverrunError("Separator is not found, and chunk exceed the limit", searched_);
    if (found_end_ == 0) throw IncompleteReadError(core.take(core.available()), -1);
    if (found_ > core.limit_) throw LimitOverrunError("Separator is found, but chunk is longer than limit", found_);
    return core.take(found_end_);
}

std::string StreamRead::finish_line() {
    try {
        return finish_until();
    } catch (const IncompleteReadError& error) {
        return error.partial();
    } catch (const LimitOverrunError& error) {
        // The line is dropped, as far as it has come.
        core_->buffer_.drop(overrun_ ? core_->available() : found_end_);
        core_->resume_transport_if_drained();
        throw ValueError(error.what());
    }
}

StreamDrain::StreamDrain(StreamCore& core) : core_(core.shared_from_this()) {
    may_hang_again = true;
}

bool StreamDrain::await_ready() const {
    const StreamCore& core = *core_;
    if (core.exception_ && !core.no_reader_) std::rethrow_exception(core.exception_);
    // A transport that is closing gets one turn to say so: connection_lost may be due.
    if (core.transport_ && core.transport_->is_closing()) return false;
    core.require_not_lost();
    return !core.writing_paused_;
}

void StreamDrain::suspend_at(PromiseBase& at) {
    at_ = &at;
    waited_ = true;
    if (core_->transport_ && core_->transport_->is_closing()) {
        suspend(at, WaitKind::io, core_->closed().id());
        wake();
    } else {
        line_up();
    }
}

void StreamDrain::line_up() {
    lined_up_ = true;
    core_->drainers_.push(*this);
    suspend(*at_, WaitKind::io, core_->closed().id());
}

bool StreamDrain::wait_is_over() {
    if (cancelled() || lined_up_ || core_->lost_ || !core_->writing_paused_) return true;
    line_up();
    return false;
}

void StreamDrain::await_resume() {
    if (!waited_) return;
    leave_line();
    throw_if_cancelled();
    if (exception_) std::rethrow_exception(exception_);
    if (!lined_up_) core_->require_not_lost();
}

}  // namespace asyncio::detail
