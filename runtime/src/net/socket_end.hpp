// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <memory>
#include <optional>

#include "asyncio/future.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/net/flow_control.hpp"
#include "runtime/src/net/socket.hpp"

namespace asyncio::detail {

/// What transports over a socket have in common: CPython's _SelectorTransport. The loop holds it while it reads or has
/// something to write; connection_lost is called exactly once, and then the descriptor is closed.
class SocketEnd : public LoopResource {
  public:
    bool closing() const { return closing_; }
    void loop_closes() noexcept override;

  protected:
    SocketEnd(EventLoop& loop, Socket socket);
    ~SocketEnd();

    virtual std::shared_ptr<SocketEnd> self() = 0;
    virtual BaseProtocol* base_protocol() const = 0;
    /// Lets go of the protocol, which holds its transport in general.
    virtual std::shared_ptr<BaseProtocol> forget_protocol() noexcept = 0;
    virtual void tell_connection_made() = 0;
    virtual void read_ready() = 0;
    virtual void write_ready() = 0;
    virtual std::size_t buffered() const = 0;
    virtual void clear_buffer() noexcept = 0;
    /// The connection is lost, and its protocol knows.
    virtual void close_descriptor() noexcept { socket_.close(); }

    /// Queues what CPython queues, in its order: connection_made, the start of reading, and `waiter`, which may be
    /// empty.
    void begin(std::optional<Future<>> waiter);
    bool reading() const { return !closing_ && !reading_paused_; }
    void pause_reads();
    void resume_reads();
    void stop_reading();
    void start_writing();
    void stop_writing();
    void buffer_grew() { flow_.pause_if_full(loop_, buffered(), base_protocol()); }
    void buffer_shrank() { flow_.resume_if_drained(loop_, buffered(), base_protocol()); }

    /// While a transport has a descriptor, nobody else may watch it.
    void claim_descriptor();
    void release_descriptor() noexcept;

    void close_when_sent();
    /// Ends it at once; what is buffered is lost.
    void force_close(std::exception_ptr exception);
    /// An error of the socket or the protocol ends it; reported unless it is one of the system, which the protocol is
    /// told in connection_lost().
    void fatal_error(std::exception_ptr exception, const char* message);
    /// Calls a protocol's callback; an exception of it is fatal. False then.
    template <class Call>
    bool call_protocol(const char* failure, Call&& call) {
        try {
            call();
            return true;
        } catch (const KeyboardInterrupt&) {
            throw;
        } catch (const SystemExit&) {
            throw;
        } catch (...) {
            fatal_error(std::current_exception(), failure);
            return false;
        }
    }
    /// Something is written to a connection that is lost: after a while somebody should be told.
    void count_lost_write();
    /// Now, not in the next turn.
    void connection_lost(std::exception_ptr exception);

    EventLoop& loop_;
    Socket socket_;
    std::optional<SocketAddress> peer_;
    std::optional<SocketAddress> local_;
    FlowControl flow_;
    /// 0 until connection_lost is queued or done; then it counts what is written in vain.
    unsigned conn_lost_ = 0;
    bool closing_ = false;

  private:
    void start_reading();
    void lose_connection_soon(std::exception_ptr exception);
    void leave_loop() noexcept;

    bool reading_paused_ = false;
    bool writing_watched_ = false;
};

}  // namespace asyncio::detail
