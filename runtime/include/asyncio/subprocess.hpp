// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "asyncio/pipes.hpp"
#include "asyncio/streams.hpp"

namespace asyncio {

// What a child's stdin, stdout or stderr can be, besides a descriptor.
inline constexpr int PIPE = -1;     ///< a pipe to the parent
inline constexpr int STDOUT = -2;   ///< for stderr: where stdout goes
inline constexpr int DEVNULL = -3;  ///< /dev/null

/// PIPE, DEVNULL, STDOUT, or a descriptor of the parent, which stays the parent's. nullptr is Python's None: the
/// parent's own.
class StdioOption {
  public:
    constexpr StdioOption() = default;
    constexpr StdioOption(int fd) : fd_(fd), given_(true) {}
    constexpr StdioOption(std::nullptr_t) : given_(true) {}
    constexpr StdioOption(std::nullopt_t) : given_(true) {}
    constexpr bool given() const { return given_; }
    constexpr std::optional<int> fd() const { return fd_; }

  private:
    std::optional<int> fd_;
    bool given_ = false;
};

/// Of create_subprocess_exec() and create_subprocess_shell(). What is not given is the parent's.
struct SubprocessOptions {
    StdioOption stdin_ = {};
    StdioOption stdout_ = {};
    StdioOption stderr_ = {};
    std::string_view cwd = {};                                ///< where it runs; empty: where the parent does
    const std::map<std::string, std::string>* env = nullptr;  ///< its whole environment; null: the parent's
    std::size_t limit = 64 * 1024;                            ///< of the stream readers, in bytes
    bool start_new_session = false;
};
static_assert(std::is_trivially_destructible_v<SubprocessOptions>);

/// A program's arguments: `{"-c", "echo hi"}`, or a vector. Unlike a vector it can be written in braces inside a
/// co_await expression, where GCC 12 compiles no initializer list.
class ProgramArguments {
  public:
    template <class... A>
    requires(std::convertible_to<A, std::string>&&...) ProgramArguments(A&&... arguments) {
        list_.reserve(sizeof...(A));
        (list_.emplace_back(std::forward<A>(arguments)), ...);
    }
    ProgramArguments(std::vector<std::string> arguments) : list_(std::move(arguments)) {}
    const std::vector<std::string>& list() const { return list_; }

  private:
    std::vector<std::string> list_;
};

namespace detail {

class ProcessProtocol;
struct SpawnRequest;

using MadeChild = std::pair<std::shared_ptr<SubprocessTransport>, std::shared_ptr<SubprocessProtocol>>;
using ChildProtocolFactory = std::function<std::shared_ptr<SubprocessProtocol>()>;
/// What the options leave open is `otherwise`.
Coroutine<MadeChild> start_program(EventLoop& loop, ChildProtocolFactory factory, std::string program,
                                   ProgramArguments arguments, const SubprocessOptions& options, StdioOption otherwise);
Coroutine<MadeChild> start_shell(EventLoop& loop, ChildProtocolFactory factory, std::string command,
                                 const SubprocessOptions& options, StdioOption otherwise);

/// A stream that is there only where a pipe was asked for: None otherwise, and its functions throw RuntimeError.
template <class S>
class PipeStream : public S {
  public:
    PipeStream() = default;
    PipeStream(S stream, bool is_there) : S(std::move(stream)), is_there_(is_there) {}
    bool has_value() const { return is_there_; }
    explicit operator bool() const { return is_there_; }
    S* operator->() { return this; }
    const S* operator->() const { return this; }
    const S& operator*() const { return *this; }
    const S& value() const { return *this; }
    friend bool operator==(const PipeStream& stream, std::nullptr_t) { return !stream.is_there_; }
    friend bool operator==(const PipeStream& stream, std::nullopt_t) { return !stream.is_there_; }

  private:
    bool is_there_ = false;
};

}  // namespace detail

/// A child process: Python's Process. A handle; the child runs on without it, but not longer than its loop is open.
class Process {
  public:
    Process() = default;
    Process(std::shared_ptr<SubprocessTransport> transport, std::shared_ptr<detail::ProcessProtocol> protocol);

    /// Until the child has ended; gives its return code.
    Coroutine<int> wait() const;
    /// Writes `input` to its stdin and closes that, reads its stdout and stderr to their ends, waits for its end. Gives
    /// what was read; empty where there is no pipe. A child that reads less than `input` is no error.
    Coroutine<std::pair<std::string, std::string>> communicate(std::string input = {}) const;
    /// Does nothing for a child that has ended; ProcessLookupError when that is known for long. OSError.
    void send_signal(int number) const { transport_->send_signal(number); }
    void terminate() const { transport_->terminate(); }  ///< SIGTERM
    void kill() const { transport_->kill(); }            ///< SIGKILL
    int pid() const { return transport_->get_pid(); }
    /// Nothing while it runs; a signal's is negative.
    std::optional<int> returncode() const { return transport_->get_returncode(); }

    /// The other end of its stdin, `process.stdin_().write(...)`. Where that is no PIPE it is false in a condition, and
    /// RuntimeError when used.
    const detail::PipeStream<StreamWriter>& stdin_() const;
    const detail::PipeStream<StreamReader>& stdout_() const;
    const detail::PipeStream<StreamReader>& stderr_() const;

  private:
    std::shared_ptr<SubprocessTransport> transport_;
    std::shared_ptr<detail::ProcessProtocol> protocol_;
};

/// Starts a program, looked for in PATH; gives it once it runs. OSError: FileNotFoundError when there is no such
/// program or folder, PermissionError, ...; ValueError for a text with a zero byte.
Coroutine<Process> create_subprocess_exec(std::string program, ProgramArguments arguments);
Coroutine<Process> create_subprocess_exec(std::string program, ProgramArguments arguments, SubprocessOptions options);
/// Starts /bin/sh -c command.
Coroutine<Process> create_subprocess_shell(std::string command);
Coroutine<Process> create_subprocess_shell(std::string command, SubprocessOptions options);

/// What subprocess_exec() gives: `auto [transport, protocol] = co_await ...`.
template <class P>
struct SubprocessConnection {
    std::shared_ptr<SubprocessTransport> transport;
    std::shared_ptr<P> protocol;
};

namespace detail {
template <class P>
Coroutine<SubprocessConnection<P>> typed_child(Coroutine<MadeChild> starting) {
    auto made = co_await std::move(starting);
    co_return SubprocessConnection<P>{std::move(made.first), std::static_pointer_cast<P>(std::move(made.second))};
}
}  // namespace detail

template <class Factory>
auto EventLoop::subprocess_exec(Factory factory, std::string program, ProgramArguments arguments,
                                SubprocessOptions options) {
    return detail::typed_child<detail::ProtocolOf<Factory>>(
        detail::start_program(*this, std::move(factory), std::move(program), std::move(arguments), options, PIPE));
}
template <class Factory>
auto EventLoop::subprocess_exec(Factory factory, std::string program, ProgramArguments arguments) {
    return subprocess_exec(std::move(factory), std::move(program), std::move(arguments), SubprocessOptions{});
}
template <class Factory>
auto EventLoop::subprocess_shell(Factory factory, std::string command, SubprocessOptions options) {
    return detail::typed_child<detail::ProtocolOf<Factory>>(
        detail::start_shell(*this, std::move(factory), std::move(command), options, PIPE));
}
template <class Factory>
auto EventLoop::subprocess_shell(Factory factory, std::string command) {
    return subprocess_shell(std::move(factory), std::move(command), SubprocessOptions{});
}

}  // namespace asyncio
