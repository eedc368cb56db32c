// SPDX-License-Identifier: MIT
#pragma once

#include <any>
#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "asyncio/connections.hpp"
#include "asyncio/detail/stream_core.hpp"

namespace asyncio {

/// The reading half of a stream: Python's StreamReader. A handle. One read at a time; bytes are std::string.
class StreamReader {
  public:
    StreamReader() = default;
    explicit StreamReader(std::shared_ptr<detail::StreamCore> core) : core_(std::move(core)) {}

    /// Up to `n` bytes, as soon as there are any; empty at the end. Negative: everything up to the end.
    detail::StreamRead read(long n = -1) const;
    /// Up to and with "\n"; what is left when the stream ends first. ValueError when the line is longer than the limit.
    detail::StreamRead readline() const;
    /// Just `n` bytes. IncompleteReadError when the stream ends first.
    detail::StreamRead readexactly(long n) const;
    /// Up to and with `separator`. IncompleteReadError, LimitOverrunError.
    detail::StreamRead readuntil(std::string_view separator = "\n") const;
    /// Up to and with whichever of the separators comes first: the shortest result that ends in one of them. Make the
    /// vector in a statement of its own: GCC 12 takes no braced list in a co_await expression.
    detail::StreamRead readuntil(std::vector<std::string> separators) const;
    /// Python's `async for line in reader`: `while (auto line = co_await reader.next())`. Nothing at the end.
    Coroutine<std::optional<std::string>> next() const;
    /// The stream has ended and everything was read.
    bool at_eof() const { return core_->at_eof(); }

  private:
    std::shared_ptr<detail::StreamCore> core_;
};

/// The writing half: Python's StreamWriter. A handle; when the last one goes without close(), the connection is closed.
class StreamWriter {
  public:
    StreamWriter() = default;
    explicit StreamWriter(std::shared_ptr<detail::StreamCore> core);

    /// Never waits; drain() after it, so that a slow reader slows the writer down.
    void write(std::string_view data) const { transport().write(data); }
    void writelines(const std::vector<std::string>& lines) const;
    /// Waits while the write buffer is above its high-water mark. ConnectionResetError once the connection is lost.
    detail::StreamDrain drain() const { return detail::StreamDrain(*core()); }
    void close() const { transport().close(); }
    bool is_closing() const { return transport().is_closing(); }
    /// Until the connection is closed; throws what ended it, when that was an error.
    Coroutine<> wait_closed() const;
    bool can_write_eof() const { return transport().can_write_eof(); }
    void write_eof() const { transport().write_eof(); }
    /// "peername" and "sockname" give a SocketAddress. With TLS also "sslcontext" (SSLContext), "ssl_object"
    /// (SSLObject), "peercert" (PeerCertificate), "cipher" (SSLCipher), "version" and "alpn" (std::string).
    std::any get_extra_info(std::string_view key) const { return transport().get_extra_info(key); }
    std::optional<SocketAddress> peername() const { return transport().peername(); }
    std::optional<SocketAddress> sockname() const { return transport().sockname(); }
    Transport& transport() const { return *core()->transport(); }
    /// Goes over to TLS on this connection; the side that accepted it is the server's. Drains first. What a server's
    /// reader holds unread is taken for the handshake's beginning; what a client's holds stays: read it before, or
    /// distrust it.
    Coroutine<> start_tls(const SSLContext& context) const;
    Coroutine<> start_tls(const SSLContext& context, std::string_view server_hostname) const;
    Coroutine<> start_tls(const SSLContext& context, StartTLSOptions options) const;

  private:
    struct Owner;
    detail::StreamCore* core() const;
    std::shared_ptr<Owner> owner_;
};

using StreamPair = std::pair<StreamReader, StreamWriter>;

/// Connects to a host and port; `auto [reader, writer] = co_await open_connection(...)`. Throws OSError.
Coroutine<StreamPair> open_connection(std::string host, int port);
Coroutine<StreamPair> open_connection(std::string host, int port, ConnectionOptions options);
/// Over `options.sock`.
Coroutine<StreamPair> open_connection(ConnectionOptions options);
Coroutine<StreamPair> open_unix_connection(std::string path);
Coroutine<StreamPair> open_unix_connection(std::string path, ConnectionOptions options);
Coroutine<StreamPair> open_unix_connection(ConnectionOptions options);

namespace detail {

/// The user's callback of a server, called for each connection.
using StreamCallback = std::function<void(StreamReader, StreamWriter)>;
/// Makes the handler a task; one that fails is reported, and its connection closed.
void start_handler(EventLoop& loop, Coroutine<> handler, const StreamWriter& writer);

template <class Callback>
StreamCallback make_stream_callback(Callback callback) {
    using Result = std::invoke_result_t<Callback&, StreamReader, StreamWriter>;
    if constexpr (std::is_void_v<Result>) {
        return callback;
    } else {
        // A coroutine of a capturing lambda uses the lambda: each handler keeps it alive.
        struct Kept final : KeptAlive {
            explicit Kept(std::shared_ptr<Callback> c) : callback(std::move(c)) {}
            std::shared_ptr<Callback> callback;
        };
        return [shared = std::make_shared<Callback>(std::move(callback))](StreamReader reader, StreamWriter writer) {
            EventLoop& loop = require_running_loop();
            auto handler = (*shared)(std::move(reader), StreamWriter(writer));
            handler.keep_alive(std::make_unique<Kept>(shared));
            start_handler(loop, std::move(handler), writer);
        };
    }
}

Coroutine<Server> start_stream_server(StreamCallback callback, std::vector<std::string> hosts, int port,
                                      ServerOptions options);
Coroutine<Server> start_stream_server(StreamCallback callback, ServerOptions options);
Coroutine<Server> start_unix_stream_server(StreamCallback callback, std::string path, ServerOptions options);
Coroutine<Server> start_unix_stream_server(StreamCallback callback, ServerOptions options);

}  // namespace detail

/// Listens on host and port (empty host: all interfaces; port 0: a free one, see Server::port()), on several hosts, or
/// on `options.sock`. `callback(StreamReader, StreamWriter)` is called for each connection; a coroutine function
/// becomes a task.
template <class Callback>
Coroutine<Server> start_server(Callback callback, std::vector<std::string> hosts, int port, ServerOptions options) {
    return detail::start_stream_server(detail::make_stream_callback(std::move(callback)), std::move(hosts), port,
                                       options);
}
template <class Callback>
Coroutine<Server> start_server(Callback callback, std::vector<std::string> hosts, int port) {
    return start_server(std::move(callback), std::move(hosts), port, ServerOptions());
}
template <class Callback>
Coroutine<Server> start_server(Callback callback, std::string host, int port, ServerOptions options) {
    return start_server(std::move(callback), std::vector<std::string>(1, std::move(host)), port, options);
}
template <class Callback>
Coroutine<Server> start_server(Callback callback, std::string host, int port) {
    return start_server(std::move(callback), std::move(host), port, ServerOptions());
}
template <class Callback>
Coroutine<Server> start_server(Callback callback, ServerOptions options) {
    return detail::start_stream_server(detail::make_stream_callback(std::move(callback)), options);
}
template <class Callback>
Coroutine<Server> start_unix_server(Callback callback, std::string path, ServerOptions options) {
    return detail::start_unix_stream_server(detail::make_stream_callback(std::move(callback)), std::move(path),
                                            options);
}
template <class Callback>
Coroutine<Server> start_unix_server(Callback callback, std::string path) {
    return start_unix_server(std::move(callback), std::move(path), ServerOptions());
}
template <class Callback>
Coroutine<Server> start_unix_server(Callback callback, ServerOptions options) {
    return detail::start_unix_stream_server(detail::make_stream_callback(std::move(callback)), options);
}

}  // namespace asyncio
