// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <span>
#include <string_view>

#include "asyncio/address.hpp"

namespace asyncio {

class Transport;
class DatagramTransport;
class SubprocessTransport;

/// What every protocol is told: Python's BaseProtocol. Called by the loop; empty by default. An exception that leaves
/// a callback ends the connection and is reported.
class BaseProtocol {
  public:
    virtual ~BaseProtocol() = default;
    /// Called exactly once; nullptr when the end was in order.
    virtual void connection_lost(std::exception_ptr) {}
    /// The write buffer is above its high-water mark, or has fallen to the low one.
    virtual void pause_writing() {}
    virtual void resume_writing() {}
};

/// What is told about a stream of bytes: Python's Protocol.
class Protocol : public BaseProtocol {
  public:
    virtual void connection_made(std::shared_ptr<Transport>) {}
    virtual void data_received(std::string_view) {}
    /// The peer will send no more. False closes the transport, true keeps it open for writing.
    virtual bool eof_received() { return false; }
};

/// Receives into memory of its own: Python's BufferedProtocol. data_received() is not called.
class BufferedProtocol : public Protocol {
  public:
    /// Where the next bytes go; `size_hint` is a wish, -1 for none. An empty buffer is an error and ends the
    /// connection.
    virtual std::span<std::byte> get_buffer(std::ptrdiff_t size_hint) = 0;
    /// The first `count` bytes of that buffer were written.
    virtual void buffer_updated(std::size_t) {}
};

/// What is told about datagrams: Python's DatagramProtocol.
class DatagramProtocol : public BaseProtocol {
  public:
    virtual void connection_made(std::shared_ptr<DatagramTransport>) {}
    virtual void datagram_received(std::string_view, const SocketAddress&) {}
    /// An earlier send or a receive failed (OSError); the endpoint stays open.
    virtual void error_received(std::exception_ptr) {}
};

/// What is told about a child process: Python's SubprocessProtocol.
class SubprocessProtocol : public BaseProtocol {
  public:
    virtual void connection_made(std::shared_ptr<SubprocessTransport>) {}
    /// Bytes of the child's stdout (fd 1) or stderr (fd 2).
    virtual void pipe_data_received(int, std::string_view) {}
    /// A pipe to the child is closed: 0, 1 or 2.
    virtual void pipe_connection_lost(int, std::exception_ptr) {}
    virtual void process_exited() {}
};

}  // namespace asyncio
