// SPDX-License-Identifier: MIT
// CPython's streams.py: StreamReaderProtocol, FlowControlMixin.
#include "asyncio/detail/stream_core.hpp"

#include "asyncio/errors.hpp"

namespace asyncio::detail {

StreamCore::StreamCore(EventLoop& loop, std::size_t limit, Accepted accepted)
    : loop_(loop), limit_(limit), accepted_(std::move(accepted)), closed_(loop.create_future<>()) {
    is_server_ = accepted_ != nullptr;
    if (limit == 0) throw ValueError("Limit cannot be <= 0");
}

StreamCore::~StreamCore() {
    // Nobody asked how the connection ended: that is no error of the program.
    closed_.core()->mark_retrieved();
}

void StreamCore::connection_made(std::shared_ptr<Transport> transport) {
    transport_ = std::move(transport);
    if (const auto accepted = std::exchange(accepted_, nullptr)) accepted(shared_from_this());
}

void StreamCore::connection_lost(std::exception_ptr exception) {
    lost_ = true;
    if (exception) {
        fail(exception);
    } else {
        eof_ = true;
        wake_reader();
    }
    if (!closed_.done()) {
        if (exception)
            closed_.set_exception(exception);
        else
            closed_.set_result();
        closed_.core()->mark_retrieved();
    }
    if (writing_paused_)
        for (Waiter* waiter = drainers_.front(); waiter; waiter = drainers_.next(waiter))
            static_cast<StreamDrain*>(waiter)->lose(exception);
}

void StreamCore::data_received(std::string_view data) {
    buffer_.append(data);
    wake_reader();
    // Twice the limit is enough: the peer has to wait.
    if (transport_ && !reading_paused_ && available() > 2 * limit_) {
        transport_->pause_reading();
        reading_paused_ = true;
    }
}

bool StreamCore::eof_received() {
    eof_ = true;
    wake_reader();
    return true;  // writing may go on
}

void StreamCore::resume_writing() {
    writing_paused_ = false;
    for (Waiter* waiter = drainers_.front(); waiter; waiter = drainers_.next(waiter)) waiter->wake();
}

void StreamCore::fail(std::exception_ptr exception) {
    exception_ = std::move(exception);
    wake_reader();
}

void StreamCore::require_not_lost() const {
    if (lost_) throw ConnectionResetError("Connection lost");
}

void StreamCore::wake_reader() {
    // From now on another read may wait, as in CPython.
    if (StreamRead* const reader = std::exchange(reader_, nullptr)) reader->wake();
}

std::string StreamCore::take(std::size_t count) {
    std::string data = buffer_.take(count);
    resume_transport_if_drained();
    return data;
}

void StreamCore::resume_transport_if_drained() {
    if (!reading_paused_ || available() > limit_) return;
    reading_paused_ = false;
    transport_->resume_reading();
}

void StreamCore::writer_gone() noexcept {
    try {
        if (transport_ && !transport_->is_closing() && !loop_.is_closed()) transport_->close();
    } catch (...) {
        transport_->abort();
    }
}

}  // namespace asyncio::detail
