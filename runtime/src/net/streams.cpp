// SPDX-License-Identifier: MIT
#include "asyncio/streams.hpp"

#include <algorithm>

#include "asyncio/errors.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio {

using detail::StreamCore;
using detail::StreamRead;

/// Shared by the copies of a writer, and by nothing else: its end is the last writer's.
struct StreamWriter::Owner {
    std::shared_ptr<StreamCore> core;
    ~Owner() { core->writer_gone(); }
};

StreamWriter::StreamWriter(std::shared_ptr<StreamCore> core) : owner_(std::make_shared<Owner>(std::move(core))) {}

StreamCore* StreamWriter::core() const {
    return owner_->core.get();
}

void StreamWriter::writelines(const std::vector<std::string>& lines) const {
    transport().writelines(lines);
}

Coroutine<> StreamWriter::wait_closed() const {
    const auto closed = core()->closed();
    co_await closed;
}

StreamRead StreamReader::read(long n) const {
    return StreamRead(*core_, n < 0 ? StreamRead::Mode::all : StreamRead::Mode::some, n);
}
StreamRead StreamReader::readline() const {
    return StreamRead(*core_, StreamRead::Mode::line, "\n");
}
StreamRead StreamReader::readexactly(long n) const {
    return StreamRead(*core_, StreamRead::Mode::exactly, n);
}
StreamRead StreamReader::readuntil(std::string_view separator) const {
    return StreamRead(*core_, StreamRead::Mode::until, std::string(separator));
}
StreamRead StreamReader::readuntil(std::vector<std::string> separators) const {
    if (separators.empty()) throw ValueError("Separator should contain at least one element");
    // The shortest match wins.
    std::stable_sort(separators.begin(), separators.end(),
                     [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
    std::string shortest = std::move(separators.front());
    separators.erase(separators.begin());
    return StreamRead(*core_, StreamRead::Mode::until, std::move(shortest), std::move(separators));
}

Coroutine<std::optional<std::string>> StreamReader::next() const {
    const StreamReader self = *this;
    std::string line = co_await self.readline();
    if (line.empty()) co_return std::nullopt;
    co_return std::optional<std::string>(std::move(line));
}

namespace {

Coroutine<StreamPair> pair_of(detail::InnerCoroutine<detail::MadeConnection> connecting) {
    auto made = co_await connecting.take();
    auto core = std::static_pointer_cast<StreamCore>(made.second);
    co_return StreamPair(StreamReader(core), StreamWriter(core));
}

detail::ProtocolFactory client_factory(EventLoop& loop, std::size_t limit) {
    return [&loop, limit] { return std::make_shared<StreamCore>(loop, limit); };
}

detail::ProtocolFactory server_factory(EventLoop& loop, std::size_t limit, detail::StreamCallback callback) {
    return [&loop, limit, callback = std::move(callback)] {
        return std::make_shared<StreamCore>(loop, limit, [callback](const std::shared_ptr<StreamCore>& core) {
            callback(StreamReader(core), StreamWriter(core));
        });
    };
}

}  // namespace

Coroutine<StreamPair> open_connection(std::string host, int port) {
    return open_connection(std::move(host), port, ConnectionOptions());
}
Coroutine<StreamPair> open_connection(std::string host, int port, ConnectionOptions options) {
    EventLoop& loop = get_running_loop();
    return pair_of(detail::connect_tcp(loop, client_factory(loop, options.limit), std::move(host), port, options));
}
Coroutine<StreamPair> open_connection(ConnectionOptions options) {
    EventLoop& loop = get_running_loop();
    return pair_of(detail::connect_given(loop, client_factory(loop, options.limit), options));
}
Coroutine<StreamPair> open_unix_connection(std::string path) {
    return open_unix_connection(std::move(path), ConnectionOptions());
}
Coroutine<StreamPair> open_unix_connection(std::string path, ConnectionOptions options) {
    EventLoop& loop = get_running_loop();
    return pair_of(detail::connect_unix(loop, client_factory(loop, options.limit), std::move(path), options));
}
Coroutine<StreamPair> open_unix_connection(ConnectionOptions options) {
    EventLoop& loop = get_running_loop();
    return pair_of(detail::connect_given_unix(loop, client_factory(loop, options.limit), options));
}

namespace {

Coroutine<> upgrade(StreamWriter writer, std::shared_ptr<StreamCore> core, SSLContext context, StartTLSOptions options,
                    std::optional<std::string> server_hostname) {
    options.server_hostname = server_hostname ? std::string_view(*server_hostname) : std::string_view();
    options.server_side = core->is_server();
    co_await writer.drain();
    std::string unread = core->is_server() ? core->take_unread() : std::string();
    core->replace_transport(
        co_await detail::start_tls(core->loop(), core->transport(), core, context, options, std::move(unread)));
}

}  // namespace

Coroutine<> StreamWriter::start_tls(const SSLContext& context, StartTLSOptions options) const {
    std::optional<std::string> server_hostname;
    if (options.server_hostname.data()) server_hostname.emplace(options.server_hostname);
    return upgrade(*this, owner_->core, context, options, std::move(server_hostname));
}
Coroutine<> StreamWriter::start_tls(const SSLContext& context, std::string_view server_hostname) const {
    StartTLSOptions options;
    options.server_hostname = server_hostname;
    return start_tls(context, options);
}
Coroutine<> StreamWriter::start_tls(const SSLContext& context) const {
    return start_tls(context, StartTLSOptions());
}

namespace detail {

void start_handler(EventLoop& loop, Coroutine<> handler, const StreamWriter& writer) {
    Task<> task = loop.create_task(std::move(handler));
    // The transport, not the writer: what watches must not keep the connection open.
    std::weak_ptr<BaseTransport> transport = writer.transport().weak_from_this();
    task.add_done_callback([&loop, transport](const Future<>& done) {
        const auto open = transport.lock();
        if (done.cancelled()) {
            if (open) open->close();
            return;
        }
        const auto exception = done.exception();
        if (!exception) return;
        hooks::report(loop,
                      {.message = "Unhandled exception in client_connected_cb",
                       .exception = exception,
                       .future = std::nullopt,
                       .handle = std::nullopt},
                      hooks::Report::other);
        if (open) open->close();
    });
}

Coroutine<Server> start_stream_server(StreamCallback callback, std::vector<std::string> hosts, int port,
                                      ServerOptions options) {
    EventLoop& loop = get_running_loop();
    return listen_tcp(loop, server_factory(loop, options.limit, std::move(callback)), std::move(hosts), port, options);
}
Coroutine<Server> start_stream_server(StreamCallback callback, ServerOptions options) {
    EventLoop& loop = get_running_loop();
    return listen_given(loop, server_factory(loop, options.limit, std::move(callback)), options);
}
Coroutine<Server> start_unix_stream_server(StreamCallback callback, std::string path, ServerOptions options) {
    EventLoop& loop = get_running_loop();
    return listen_unix(loop, server_factory(loop, options.limit, std::move(callback)), std::move(path), options);
}
Coroutine<Server> start_unix_stream_server(StreamCallback callback, ServerOptions options) {
    EventLoop& loop = get_running_loop();
    return listen_given_unix(loop, server_factory(loop, options.limit, std::move(callback)), options);
}

}  // namespace detail
}  // namespace asyncio
