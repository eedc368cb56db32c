// SPDX-License-Identifier: MIT
// CPython's streams.py: StreamReader.
#include "asyncio/detail/stream_core.hpp"
#include "asyncio/errors.hpp"

namespace asyncio::detail {

StreamRead::StreamRead(StreamCore& core, Mode mode, long count, std::string_view separator)
    : core_(core.shared_from_this()), separator_(separator), count_(count), mode_(mode) {
    may_hang_again = true;
}

StreamRead::~StreamRead() {
    withdraw();
}

StreamRead::operator Coroutine<std::string>() && {
    return read(core_, mode_, count_, std::move(separator_));
}

Coroutine<std::string> StreamRead::read(std::shared_ptr<StreamCore> core, Mode mode, long count,
                                        std::string separator) {
    co_return co_await StreamRead(*core, mode, count, separator);
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
    if (core_->reader_)
        throw RuntimeError(std::string(name()) +
                           "() called while another coroutine is already waiting for incoming data");
    return false;
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
    const std::string_view data = core_->buffered();
    if (data.size() < searched_ + separator_.size()) return false;
    if (const auto at = data.find(separator_, searched_); at != std::string_view::npos) {
        found_ = at;
        return true;
    }
    searched_ = data.size() + 1 - separator_.size();
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
    suspend(*at_, WaitKind::io, 0);
}

void StreamRead::withdraw() {
    if (core_->reader_ == this) core_->reader_ = nullptr;
}

bool StreamRead::wait_is_over() {
    withdraw();
    if (cancelled() || can_finish()) return true;
    line_up();
    return false;
}

std::string StreamRead::await_resume() {
    if (waited_) {
        withdraw();
        throw_if_cancelled();
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
    if (!found_) throw IncompleteReadError(core.take(core.available()), -1);
    if (*found_ > core.limit_) throw LimitOverrunError("Separator is found, but chunk is longer than limit", *found_);
    return core.take(*found_ + separator_.size());
}

std::string StreamRead::finish_line() {
    StreamCore& core = *core_;
    if (!overrun_ && !found_) return core.take(core.available());
    if (!overrun_ && *found_ <= core.limit_) return core.take(*found_ + separator_.size());
    // The line is dropped, as far as it has come.
    const char* const why = overrun_ ? "Separator is not found, and chunk exceed the limit"
                                     : "Separator is found, but chunk is longer than limit";
    core.discard(found_ ? *found_ + separator_.size() : core.available());
    core.resume_transport_if_drained();
    throw ValueError(why);
}

StreamDrain::StreamDrain(StreamCore& core) : core_(core.shared_from_this()) {
    may_hang_again = true;
}

bool StreamDrain::await_ready() const {
    const StreamCore& core = *core_;
    if ((core.exception_ && !core.no_reader_) || !core.transport_) return true;
    // A transport that is closing gets one turn to say so: connection_lost may be due.
    return !core.transport_->is_closing() && (core.lost_ || !core.writing_paused_);
}

void StreamDrain::suspend_at(PromiseBase& at) {
    at_ = &at;
    waited_ = true;
    for_room_ = !core_->transport_->is_closing();
    if (for_room_) core_->drainers_.push(*this);
    suspend(at, WaitKind::io, 0);
    if (!for_room_) wake();
}

bool StreamDrain::wait_is_over() {
    if (cancelled() || core_->lost_ || !core_->writing_paused_) return true;
    core_->drainers_.push(*this);
    suspend(*at_, WaitKind::io, 0);
    return false;
}

void StreamDrain::await_resume() {
    StreamCore& core = *core_;
    if (waited_) {
        leave_line();
        throw_if_cancelled();
    }
    if (core.exception_ && (!core.no_reader_ || for_room_)) std::rethrow_exception(core.exception_);
    if (core.lost_) throw ConnectionResetError("Connection lost");
}

}  // namespace asyncio::detail
