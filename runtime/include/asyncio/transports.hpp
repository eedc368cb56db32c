// SPDX-License-Identifier: MIT
#pragma once

#include <any>
#include <concepts>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "asyncio/address.hpp"

namespace asyncio {

class Transport;

/// What is told about a connection: Python's BaseProtocol and Protocol. Called by the loop; empty by default. An
/// exception that leaves a callback ends the connection and is reported.
class Protocol {
  public:
    virtual ~Protocol() = default;
    virtual void connection_made(std::shared_ptr<Transport>) {}
    /// Called exactly once; nullptr when the end was in order.
    virtual void connection_lost(std::exception_ptr) {}
    virtual void data_received(std::string_view) {}
    /// The peer will send no more. False closes the transport, true keeps it open for writing.
    virtual bool eof_received() { return false; }
    /// The write buffer is above its high-water mark, or has fallen to the low one.
    virtual void pause_writing() {}
    virtual void resume_writing() {}
};

/// A connection's both directions: Python's Transport. Belongs to its loop's thread.
class Transport : public std::enable_shared_from_this<Transport> {
  public:
    virtual ~Transport() = default;

    /// Ends it in order: nothing is read any more, what is buffered is still sent.
    virtual void close() = 0;
    /// Ends it at once; what is buffered is lost.
    virtual void abort() = 0;
    virtual bool is_closing() const = 0;

    virtual bool is_reading() const = 0;
    virtual void pause_reading() = 0;
    virtual void resume_reading() = 0;

    /// Never waits: what the kernel does not take is buffered.
    virtual void write(std::string_view data) = 0;
    virtual bool can_write_eof() const = 0;
    /// Ends the writing half once the buffer is empty.
    virtual void write_eof() = 0;
    virtual std::size_t get_write_buffer_size() const = 0;
    /// `high` defaults to 64 KiB, `low` to a quarter of it. ValueError unless high >= low.
    virtual void set_write_buffer_limits(std::optional<std::size_t> high = {}, std::optional<std::size_t> low = {}) = 0;

    virtual void set_protocol(std::shared_ptr<Protocol> protocol) = 0;
    virtual std::shared_ptr<Protocol> get_protocol() const = 0;

    virtual std::optional<SocketAddress> peername() const = 0;
    virtual std::optional<SocketAddress> sockname() const = 0;
    /// "peername" and "sockname" give a SocketAddress, "socket" the descriptor as int; empty for what it does not know.
    std::any get_extra_info(std::string_view key) const;
    /// The descriptor; -1 once it is closed.
    virtual int fileno() const = 0;
};

}  // namespace asyncio
