// SPDX-License-Identifier: MIT
#pragma once

#include <any>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "asyncio/address.hpp"
#include "asyncio/protocols.hpp"

namespace asyncio {

/// What all transports can do: Python's BaseTransport. A transport belongs to its loop's thread.
class BaseTransport : public std::enable_shared_from_this<BaseTransport> {
  public:
    virtual ~BaseTransport() = default;

    /// Ends it in order: nothing is read any more, what is buffered is still sent.
    virtual void close() = 0;
    virtual bool is_closing() const = 0;
    /// Python's keys: "peername" and "sockname" give a SocketAddress, "socket" and "pipe" the descriptor as int. Empty
    /// for what it does not know.
    virtual std::any get_extra_info(std::string_view key) const = 0;
};

/// Bytes come in: Python's ReadTransport.
class ReadTransport : public virtual BaseTransport {
  public:
    virtual bool is_reading() const = 0;
    virtual void pause_reading() = 0;
    virtual void resume_reading() = 0;
};

/// Bytes go out: Python's WriteTransport.
class WriteTransport : public virtual BaseTransport {
  public:
    /// Never waits: what the kernel does not take is buffered.
    virtual void write(std::string_view data) = 0;
    virtual void writelines(const std::vector<std::string>& lines);
    virtual bool can_write_eof() const = 0;
    /// Ends the writing half once the buffer is empty.
    virtual void write_eof() = 0;
    /// Ends it at once; what is buffered is lost.
    virtual void abort() = 0;
    virtual std::size_t get_write_buffer_size() const = 0;
    /// {low, high}, in bytes.
    virtual std::pair<std::size_t, std::size_t> get_write_buffer_limits() const = 0;
    /// `high` defaults to 64 KiB, `low` to a quarter of it. ValueError unless high >= low.
    virtual void set_write_buffer_limits(std::optional<std::size_t> high = {}, std::optional<std::size_t> low = {}) = 0;
};

/// A connection's both directions: Python's Transport. A pipe has one of them: the other one's functions throw
/// RuntimeError.
class Transport : public ReadTransport, public WriteTransport {
  public:
    virtual void set_protocol(std::shared_ptr<Protocol> protocol) = 0;
    virtual std::shared_ptr<Protocol> get_protocol() const = 0;
    /// The protocol was told pause_writing(), and not yet resume_writing().
    virtual bool writing_paused() const { return false; }

    virtual std::optional<SocketAddress> peername() const { return {}; }
    virtual std::optional<SocketAddress> sockname() const { return {}; }
    std::any get_extra_info(std::string_view key) const override;
    /// The descriptor; -1 once it is closed.
    virtual int fileno() const = 0;
};

/// A child process: Python's SubprocessTransport.
class SubprocessTransport : public virtual BaseTransport {
  public:
    virtual int get_pid() const = 0;
    /// Nothing while it runs; a signal's is negative.
    virtual std::optional<int> get_returncode() const = 0;
    /// The pipe to its stdin (0), stdout (1) or stderr (2); nullptr where none was asked for.
    virtual std::shared_ptr<Transport> get_pipe_transport(int fd) const = 0;
    /// Does nothing for a child that has ended; ProcessLookupError once connection_lost() was called. OSError.
    virtual void send_signal(int number) = 0;
    void terminate();  ///< SIGTERM
    void kill();       ///< SIGKILL
    virtual void set_protocol(std::shared_ptr<SubprocessProtocol> protocol) = 0;
    virtual std::shared_ptr<SubprocessProtocol> get_protocol() const = 0;
};

}  // namespace asyncio
