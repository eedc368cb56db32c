// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <source_location>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "asyncio/address.hpp"
#include "asyncio/handle.hpp"
#include "asyncio/task.hpp"
#include "asyncio/time.hpp"

namespace awaitscope::probe {
class Emitter;
}

namespace asyncio {

/// How create_task() starts a task; for EventLoop::set_task_factory().
class TaskFactory {
  public:
    constexpr explicit TaskFactory(bool eager) : eager_(eager) {}
    constexpr bool eager() const { return eager_; }

  private:
    bool eager_;
};
/// Runs a task's first step inside create_task(): one that never waits never touches the ready queue.
inline constexpr TaskFactory eager_task_factory{true};
constexpr TaskFactory create_eager_task_factory() {
    return eager_task_factory;
}

class EventLoop;
class Protocol;
class SSLContext;
class Server;
class ThreadPoolExecutor;
class Transport;
struct AcceptedOptions;
struct ConnectionOptions;
class ProgramArguments;
struct SubprocessOptions;
struct ServerOptions;
struct StartTLSOptions;
struct DatagramOptions;
struct AcceptedSocket;
struct ReceivedDatagram;
struct ReceivedCount;
struct AddressInfo;
struct AddressOptions;
struct SendfileOptions;
class FileSource;
class Transport;
namespace detail {
std::unique_ptr<EventLoop> make_loop(Clock clock, std::string name);
/// The loop that runs in this thread, or nullptr.
extern thread_local constinit EventLoop* running_loop_of_thread;
}  // namespace detail

/// What an exception handler is told; what does not apply is empty.
struct ExceptionContext {
    std::string message = {};
    std::exception_ptr exception = {};
    std::optional<AnyFuture> future = {};
    std::optional<Handle> handle = {};
};
using ExceptionHandler = std::function<void(EventLoop&, const ExceptionContext&)>;

/// Python's event loop: a ready queue, a timer heap, and descriptors watched by epoll. One turn: poll, queue what has
/// become ready and the timers that are due, run what stood in the queue when the turn began.
/// Only call_soon_threadsafe (and run_coroutine_threadsafe) may be called from another thread.
/// After fork() no loop runs in the child, which may make one of its own. Its copies of the parent's loops are cut off:
/// they watch nothing, no signal and no thread comes to them, and nothing done with them reaches the parent's.
class EventLoop {
  public:
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;
    /// Closes it. Futures may outlive their loop: its memory goes with the last of them.
    static void operator delete(EventLoop* loop, std::destroying_delete_t);
    ~EventLoop();

    // Running.
    void run_forever();
    /// Runs until `awaitable` is done; gives its result, or throws its exception. RuntimeError when the loop runs
    /// already, is closed, or is stopped first.
    template <class A>
    auto run_until_complete(A&& awaitable) -> detail::await_result_t<A>;
    /// Ends run_forever() after the turn that is running. Not thread-safe: call_soon_threadsafe([&] { loop.stop(); }).
    void stop() { stopping_ = true; }
    bool is_running() const;
    bool is_closed() const { return closed_; }
    /// Drops what is queued, ends tasks that are pending. RuntimeError while running; does nothing a second time.
    void close();

    // Calls. `function(args...)` is kept by value.
    template <class F, class... A>
    Handle call_soon(F&& function, A&&... args);
    /// Thread-safe, and from a signal's own thread; wakes the loop.
    template <class F, class... A>
    Handle call_soon_threadsafe(F&& function, A&&... args);
    template <class R, class P, class F, class... A>
    TimerHandle call_later(std::chrono::duration<R, P> delay, F&& function, A&&... args);
    template <class F, class... A>
    TimerHandle call_at(TimePoint when, F&& function, A&&... args);
    /// The loop's clock: CLOCK_MONOTONIC, or the virtual clock.
    TimePoint time() const;

    // Futures and tasks.
    /// `where`: told in debug mode.
    template <class T = void>
    Future<T> create_future(std::source_location where = std::source_location::current());
    template <detail::TaskAble A>
    auto create_task(A&& awaitable, std::string_view name = {},
                     std::source_location where = std::source_location::current());

    /// How tasks are started from now on; nullptr: in the next turn, as ever.
    void set_task_factory(TaskFactory factory) { eager_ = factory.eager(); }
    void set_task_factory(std::nullptr_t) { eager_ = false; }

    // Descriptors: the callback runs in each turn in which the descriptor is ready; one reader and one writer each.
    // RuntimeError for a descriptor that a transport has.
    template <class F, class... A>
    void add_reader(int fd, F&& function, A&&... args);
    bool remove_reader(int fd);  ///< false when there was none
    template <class F, class... A>
    void add_writer(int fd, F&& function, A&&... args);
    bool remove_writer(int fd);

    // Pipes. With <asyncio/pipes.hpp>.
    /// Reads from a pipe, FIFO, socket or character device through a protocol; gives {transport, protocol}. Takes the
    /// descriptor over, unless it throws: ValueError for one of another kind, OSError. The transport cannot write:
    /// those of its functions throw RuntimeError.
    template <class Factory>
    auto connect_read_pipe(Factory factory, int fd);
    /// The same for writing. The protocol's connection_lost() is called when the reader of a pipe or socket goes away,
    /// with BrokenPipeError when something was still to be written.
    template <class Factory>
    auto connect_write_pipe(Factory factory, int fd);

    // Children. With <asyncio/subprocess.hpp>.
    /// Starts a program and tells a SubprocessProtocol of it; gives {transport, protocol}. What the options say nothing
    /// of is a pipe. Throws what create_subprocess_exec() throws.
    template <class Factory>
    auto subprocess_exec(Factory factory, std::string program, ProgramArguments arguments);
    template <class Factory>
    auto subprocess_exec(Factory factory, std::string program, ProgramArguments arguments, SubprocessOptions options);
    template <class Factory>
    auto subprocess_shell(Factory factory, std::string command);
    template <class Factory>
    auto subprocess_shell(Factory factory, std::string command, SubprocessOptions options);

    // Signals.
    /// Calls `function(args...)` in the loop, outside of any signal handler, whenever the signal has arrived; of
    /// several loops, in the one that asked last. From the main thread only (RuntimeError). ValueError for a number
    /// that is no signal, RuntimeError for one that cannot be caught, TypeError for a coroutine function.
    template <class F, class... A>
    void add_signal_handler(int number, F&& function, A&&... args);
    /// The signal does what it did before; false when there was no handler.
    bool remove_signal_handler(int number);

    // Threads. With <asyncio/executor.hpp>.
    /// Calls `function(arguments...)` in a thread of the loop's own pool. Cancelling the future does not stop the
    /// thread.
    template <class F, class... A>
    auto run_in_executor(std::nullptr_t, F&& function, A&&... arguments);
    /// The same in a pool of one's own.
    template <class F, class... A>
    auto run_in_executor(const ThreadPoolExecutor& pool, F&& function, A&&... arguments);
    template <class F, class... A>
    auto run_in_executor(const ThreadPoolExecutor* pool, F&& function, A&&... arguments);
    /// What run_in_executor(nullptr, ...) and to_thread() use from now on.
    void set_default_executor(const ThreadPoolExecutor& pool);
    void set_default_executor(const std::shared_ptr<ThreadPoolExecutor>& pool);

    // Sockets. With <asyncio/connections.hpp>.
    /// Connects and gives {transport, protocol}; the factory returns a std::shared_ptr to a Protocol. Throws OSError;
    /// SSLError when TLS was asked for and failed; ValueError for options that contradict each other. Without host and
    /// port: over `options.sock`.
    template <class Factory>
    auto create_connection(Factory factory, std::string host, int port);
    template <class Factory>
    auto create_connection(Factory factory, std::string host, int port, ConnectionOptions options);
    template <class Factory>
    auto create_connection(Factory factory, ConnectionOptions options);
    template <class Factory>
    auto create_unix_connection(Factory factory, std::string path);
    template <class Factory>
    auto create_unix_connection(Factory factory, std::string path, ConnectionOptions options);
    template <class Factory>
    auto create_unix_connection(Factory factory, ConnectionOptions options);
    /// Listens on every address of `host` (empty: all interfaces), or of several hosts; port 0: a free one. Without
    /// them: on `options.sock`, which is bound.
    template <class Factory>
    Coroutine<Server> create_server(Factory factory, std::string host, int port);
    template <class Factory>
    Coroutine<Server> create_server(Factory factory, std::string host, int port, ServerOptions options);
    template <class Factory>
    Coroutine<Server> create_server(Factory factory, std::vector<std::string> hosts, int port);
    template <class Factory>
    Coroutine<Server> create_server(Factory factory, std::vector<std::string> hosts, int port, ServerOptions options);
    template <class Factory>
    Coroutine<Server> create_server(Factory factory, ServerOptions options);
    template <class Factory>
    Coroutine<Server> create_unix_server(Factory factory, std::string path);
    template <class Factory>
    Coroutine<Server> create_unix_server(Factory factory, std::string path, ServerOptions options);
    template <class Factory>
    Coroutine<Server> create_unix_server(Factory factory, ServerOptions options);
    /// A connection that was accepted elsewhere; `fd` is taken over. Gives {transport, protocol}.
    template <class Factory>
    auto connect_accepted_socket(Factory factory, int fd);
    template <class Factory>
    auto connect_accepted_socket(Factory factory, int fd, AcceptedOptions options);
    /// Goes over to TLS on a connection that is open. Gives the transport that `protocol` is to use from now on;
    /// connection_made() is not called again. TypeError for a transport that cannot carry TLS (a pipe's).
    Coroutine<std::shared_ptr<Transport>> start_tls(std::shared_ptr<Transport> transport,
                                                    std::shared_ptr<Protocol> protocol, const SSLContext& context);
    Coroutine<std::shared_ptr<Transport>> start_tls(std::shared_ptr<Transport> transport,
                                                    std::shared_ptr<Protocol> protocol, const SSLContext& context,
                                                    StartTLSOptions options);

    // Descriptors of your own, which must be sockets that do not block: made at once, or when the kernel is ready. With
    // <asyncio/sockets.hpp>. Throw OSError; in debug mode ValueError for a socket that blocks.
    /// Up to `n` bytes, as soon as there are any; empty at the end.
    Coroutine<std::string> sock_recv(int fd, std::size_t n);
    /// The same, into the caller's memory, which must live until then; gives how many.
    Coroutine<std::size_t> sock_recv_into(int fd, std::span<std::byte> buffer);
    Coroutine<ReceivedDatagram> sock_recvfrom(int fd, std::size_t n);
    /// `n` limits how much of the buffer is used; 0: all of it.
    Coroutine<ReceivedCount> sock_recvfrom_into(int fd, std::span<std::byte> buffer, std::size_t n = 0);
    /// All of it; after an error nobody knows how much was sent.
    Coroutine<> sock_sendall(int fd, std::string data);
    /// One datagram; gives how many bytes were sent.
    Coroutine<std::size_t> sock_sendto(int fd, std::string data, SocketAddress address);
    /// A name is looked up first. ConnectionRefusedError and the like.
    Coroutine<> sock_connect(int fd, SocketAddress address);
    Coroutine<AcceptedSocket> sock_accept(int fd);
    /// `count` bytes from `offset` on; without a count, up to the end of the file. Gives how many were sent.
    /// SendfileNotAvailableError when the system cannot do it and `options.fallback` is false.
    Coroutine<std::size_t> sock_sendfile(int fd, FileSource file, long offset = 0, std::optional<long> count = {});
    Coroutine<std::size_t> sock_sendfile(int fd, FileSource file, long offset, std::optional<long> count,
                                         SendfileOptions options);
    /// The same through a transport: what is buffered goes first, and the protocol neither reads nor writes meanwhile.
    /// RuntimeError for a transport that is closing.
    Coroutine<std::size_t> sendfile(Transport& transport, FileSource file, long offset = 0,
                                    std::optional<long> count = {});
    Coroutine<std::size_t> sendfile(Transport& transport, FileSource file, long offset, std::optional<long> count,
                                    SendfileOptions options);
    Coroutine<std::size_t> sendfile(std::shared_ptr<Transport> transport, FileSource file, long offset = 0,
                                    std::optional<long> count = {});
    Coroutine<std::size_t> sendfile(std::shared_ptr<Transport> transport, FileSource file, long offset,
                                    std::optional<long> count, SendfileOptions options);

    // Names, looked up in the executor. With <asyncio/sockets.hpp>. Throw gaierror.
    /// An empty host: this one, or with AI_PASSIVE all interfaces. `service` is a name ("http") or a number.
    Coroutine<std::vector<AddressInfo>> getaddrinfo(std::string host, int port);
    Coroutine<std::vector<AddressInfo>> getaddrinfo(std::string host, int port, AddressOptions options);
    Coroutine<std::vector<AddressInfo>> getaddrinfo(std::string host, std::string service);
    Coroutine<std::vector<AddressInfo>> getaddrinfo(std::string host, std::string service, AddressOptions options);
    /// {host, service}. `flags`: NI_NUMERICHOST and the like.
    Coroutine<std::pair<std::string, std::string>> getnameinfo(SocketAddress address, int flags = 0);

    // Datagrams. With <asyncio/datagram.hpp>.
    /// A UDP or Unix datagram socket: `auto [transport, protocol] = co_await ...`. `local` is what it is bound to,
    /// `remote` what it is connected to; both may be empty when the options name a family. Throws OSError, gaierror.
    template <class Factory>
    auto create_datagram_endpoint(Factory factory, std::optional<SocketAddress> local,
                                  std::optional<SocketAddress> remote, DatagramOptions options);
    template <class Factory>
    auto create_datagram_endpoint(Factory factory, std::optional<SocketAddress> local,
                                  std::optional<SocketAddress> remote = std::nullopt);

    // Errors nobody else takes.
    /// nullptr brings the default back.
    void set_exception_handler(ExceptionHandler handler);
    void call_exception_handler(const ExceptionContext& context);
    /// One paragraph on stderr, as CPython's logging shows it.
    void default_exception_handler(const ExceptionContext& context);
    bool get_debug() const { return debug_; }
    /// Debug mode: slow callbacks, calls from a wrong thread, and where tasks, futures and handles were made.
    void set_debug(bool on);
    /// In debug mode a callback or step that takes so long is reported; assign any duration. 100 ms.
    DurationSetting slow_callback_duration = std::chrono::milliseconds(100);

    Coroutine<> shutdown_asyncgens();
    Coroutine<> shutdown_default_executor();

    // For the library's own parts.
    struct Impl;
    Impl& impl() { return *impl_; }
    detail::ReadyQueue& ready() { return ready_; }
    detail::TaskCore* current_task() const { return current_task_; }
    void set_current_task(detail::TaskCore* task) { current_task_ = task; }
    /// This thread's way into the event ring; nullptr while nothing is shared.
    awaitscope::probe::Emitter* probe() const { return probe_; }
    std::uint16_t number() const { return number_; }
    std::uint64_t iteration() const { return iteration_; }
    void require_open() const;
    /// The same; in debug mode RuntimeError too when the loop runs in another thread.
    void require_callable() const {
        if (closed_ || debug_) [[unlikely]]
            check_callable();
    }
    /// RuntimeError in debug mode when the loop runs in another thread.
    void check_thread() const;
    /// Events are shared, or debug mode is on: one branch for both.
    bool observed() const { return observed_; }
    /// RuntimeError when closed, or when this or another loop runs in this thread.
    void require_runnable() const;
    /// RuntimeError when an open transport has this descriptor.
    void require_no_transport(int fd) const;
    /// Takes over a reference to `callback`, which is called whenever the descriptor is ready.
    void watch(int fd, bool write, detail::HandleNode* callback);
    bool unwatch(int fd, bool write);
    void add_timer(detail::TimerNode& timer);
    void remove_timer(detail::TimerNode& timer);
    void queue_handle(detail::HandleNode& handle);
    Clock clock() const { return clock_; }
    bool starts_eagerly() const { return eager_ && running_; }
    /// RuntimeError "Event loop stopped before Future completed." when it is not done in the end. `made_here`: the task
    /// is run_until_complete's own, so an exception of it that leaves the loop is not lost.
    void run_until_done(const AnyFuture& future, bool made_here);

    void future_born() { ++futures_; }
    void future_gone() {
        if (--futures_ == 0 && orphaned_) delete this;
    }

  private:
    friend std::unique_ptr<EventLoop> detail::make_loop(Clock, std::string);
    EventLoop(Clock clock, std::string name);
    void run_once();
    void check_callable() const;
    void observe() { observed_ = debug_ || probe_; }
    void track_origins(bool on);
    void poll();
    int wait(std::optional<LoopClock::duration> timeout);
    void fire_timers();
    void queue_threadsafe(detail::HandleNode& handle);
    void take_posted();
    void enqueue(detail::HandleNode& handle);
    void watch_signal(int number, std::function<void()> function);
    void take_signals();

    detail::ReadyQueue ready_;
    detail::TaskCore* current_task_ = nullptr;
    awaitscope::probe::Emitter* probe_ = nullptr;
    std::uint64_t iteration_ = 0;
    std::size_t futures_ = 0;  ///< alive, of this loop
    std::unique_ptr<Impl> impl_;
    std::uint16_t number_ = 0;
    Clock clock_;
    bool stopping_ = false;
    bool running_ = false;
    bool closed_ = false;
    bool debug_ = false;
    bool observed_ = false;
    bool tracks_origins_ = false;
    bool eager_ = false;
    bool orphaned_ = false;  ///< deleted, but for futures that are still held
};

/// A loop of your own; close it, or let it go.
std::unique_ptr<EventLoop> new_event_loop(Clock clock = Clock::real);

}  // namespace asyncio

#include "asyncio/detail/event_loop_calls.hpp"
