// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asyncio/detail/byte_buffer.hpp"
#include "asyncio/detail/waiter.hpp"
#include "asyncio/event_loop.hpp"
#include "asyncio/transports.hpp"

namespace asyncio::detail {

class StreamRead;
class StreamDrain;

/// A stream connection: CPython's StreamReaderProtocol with the StreamReader's buffer and the writer's flow control.
/// Readers and writers are handles of it.
class StreamCore final : public Protocol, public std::enable_shared_from_this<StreamCore> {
  public:
    using Accepted = std::function<void(const std::shared_ptr<StreamCore>&)>;
    /// `accepted`: called once the connection is made (a server's); empty for a client's.
    StreamCore(EventLoop& loop, std::size_t limit, Accepted accepted = {});
    ~StreamCore() override;

    void connection_made(std::shared_ptr<Transport> transport) override;
    void connection_lost(std::exception_ptr exception) override;
    void data_received(std::string_view data) override;
    bool eof_received() override;
    void pause_writing() override { writing_paused_ = true; }
    void resume_writing() override;

    EventLoop& loop() const { return loop_; }
    const std::shared_ptr<Transport>& transport() const { return transport_; }
    /// The same connection by other means: TLS has begun.
    void replace_transport(std::shared_ptr<Transport> transport) { transport_ = std::move(transport); }
    bool is_server() const { return is_server_; }
    /// What has come and nobody has read.
    std::string take_unread() { return take(available()); }
    bool at_eof() const { return eof_ && available() == 0; }
    /// Ends with the connection; its id is what a viewer knows the stream by.
    const Future<>& closed() const { return closed_; }
    std::size_t limit() const { return limit_; }
    /// This is written to and never read, as a child's stdin: what ended it is told to who drains at that moment, and
    /// not kept as a reader's error is.
    void has_no_reader() { no_reader_ = true; }
    /// The last writer has gone: a connection nobody can write to any more is closed, as CPython's collector does.
    void writer_gone() noexcept;

  private:
    friend StreamRead;
    friend StreamDrain;
    std::size_t available() const { return buffer_.size(); }
    std::string take(std::size_t count);
    void fail(std::exception_ptr exception);
    void require_not_lost() const;
    void wake_reader();
    void resume_transport_if_drained();

    EventLoop& loop_;
    std::size_t limit_;
    Accepted accepted_;
    std::shared_ptr<Transport> transport_;
    ByteBuffer buffer_;             ///< received, not yet read
    StreamRead* reader_ = nullptr;  ///< that waits for data
    WaitLine drainers_;
    std::exception_ptr exception_;
    Future<> closed_;
    bool is_server_ = false;
    bool eof_ = false;
    bool reading_paused_ = false;
    bool writing_paused_ = false;
    bool lost_ = false;
    bool no_reader_ = false;
};

/// The reads of a StreamReader: what they want is a predicate on the buffer, asked anew whenever data has come, so that
/// a read that needs many packets resumes its coroutine once.
class [[nodiscard("a read does nothing until it is awaited")]] StreamRead final : public OperationOf<std::string>,
                                                                                  public Waiter {
  public:
    enum class Mode : unsigned char { some, all, exactly, until, line };
    StreamRead(StreamCore & core, Mode mode, long count);
    /// `longer` are other separators that end it as well, by length.
    StreamRead(StreamCore & core, Mode mode, std::string separator, std::vector<std::string> longer = {});
    ~StreamRead();

    bool await_ready();
    void suspend_at(PromiseBase & at);
    std::string await_resume();
    bool wait_is_over() override;
    operator Coroutine<std::string>()&&;

  private:
    static Coroutine<std::string> read(std::shared_ptr<StreamCore> core, Mode mode, long count, std::string separator,
                                       std::vector<std::string> longer);
    bool can_finish();
    bool find_separator();
    std::string finish();
    std::string finish_until();
    std::string finish_line();
    [[noreturn]] void refuse() const;
    void line_up();
    void withdraw();
    const char* name() const;

    std::shared_ptr<StreamCore> core_;
    PromiseBase* at_ = nullptr;
    std::string separator_;
    std::vector<std::string> longer_;
    std::string collected_;  ///< of a read to the end
    long count_ = 0;
    std::size_t searched_ = 0;   ///< no separator begins before
    std::size_t found_ = 0;      ///< where the separator begins
    std::size_t found_end_ = 0;  ///< and ends; 0: not found
    bool overrun_ = false;
    bool waited_ = false;
    bool refused_ = false;  ///< another read has begun to wait meanwhile
    Mode mode_;
};

/// `co_await writer.drain()`.
class [[nodiscard("drain() does nothing until it is awaited")]] StreamDrain final : public OperationOf<void>,
                                                                                    public Waiter {
  public:
    explicit StreamDrain(StreamCore & core);
    bool await_ready() const;
    void suspend_at(PromiseBase & at);
    void await_resume();
    bool wait_is_over() override;
    /// The connection is lost while it waits for the buffer.
    void lose(const std::exception_ptr& exception) {
        if (done()) return;
        exception_ = exception;
        wake();
    }
    operator Coroutine<void>()&& {
        return drain(core_);
    }

  private:
    static Coroutine<void> drain(std::shared_ptr<StreamCore> core) {
        co_await StreamDrain(*core);
    }
    void line_up();
    std::shared_ptr<StreamCore> core_;
    PromiseBase* at_ = nullptr;
    bool waited_ = false;
    std::exception_ptr exception_;
    bool lined_up_ = false;  ///< it waits for the buffer to drain, not just for a turn
};

}  // namespace asyncio::detail
