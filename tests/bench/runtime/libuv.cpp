// SPDX-License-Identifier: GPL-3.0-or-later
// The workloads that libuv has: it has no tasks, so timers and echo, with callbacks.
#include <uv.h>

#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#include "tests/bench/runtime/measure.hpp"

namespace {

using namespace awaitscope::bench;

void timers_workload(Measurement& m) {
    const long count = m.scaled(timers);
    Delays delays;
    long fired = 0;
    m.begin();
    uv_loop_t loop;
    uv_loop_init(&loop);
    loop.data = &fired;
    std::vector<uv_timer_t> all(static_cast<std::size_t>(count));
    for (uv_timer_t& timer : all) {
        uv_timer_init(&loop, &timer);
        const auto ms = static_cast<std::uint64_t>((delays.next() + 999'999) / 1'000'000);  // it knows no finer ones
        const auto on_time = [](uv_timer_t* t) {
            ++*static_cast<long*>(t->loop->data);
            uv_close(reinterpret_cast<uv_handle_t*>(t), nullptr);
        };
        uv_timer_start(&timer, on_time, ms, 0);
    }
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    m.end(count);
    m.require(fired == count, "timers fired");
}

/// Where bytes are read into: one buffer for all, as a callback has done with it before the next read.
void give_buffer(uv_handle_t*, std::size_t, uv_buf_t* buffer) {
    static char bytes[65536];
    *buffer = uv_buf_init(bytes, sizeof bytes);
}

/// Writes without waiting where it can, as a small message nearly always can.
void write_all(uv_stream_t* stream, const char* bytes, std::size_t size) {
    const uv_buf_t buffer = uv_buf_init(const_cast<char*>(bytes), static_cast<unsigned>(size));
    if (uv_try_write(stream, &buffer, 1) == static_cast<int>(size)) return;
    struct Request {
        uv_write_t request;
        std::vector<char> copy;
    };
    auto* const request = new Request{{}, std::vector<char>(bytes, bytes + size)};
    request->request.data = request;
    const uv_buf_t kept = uv_buf_init(request->copy.data(), static_cast<unsigned>(size));
    uv_write(&request->request, stream, &kept, 1, [](uv_write_t* r, int) { delete static_cast<Request*>(r->data); });
}

void free_tcp(uv_handle_t* handle) {
    delete reinterpret_cast<uv_tcp_t*>(handle);
}

void on_connection(uv_stream_t* server, int status) {
    if (status < 0) return;
    auto* const connection = new uv_tcp_t;
    uv_tcp_init(server->loop, connection);
    auto* const stream = reinterpret_cast<uv_stream_t*>(connection);
    uv_accept(server, stream);
    uv_tcp_nodelay(connection, 1);
    uv_read_start(stream, give_buffer, [](uv_stream_t* s, ssize_t got, const uv_buf_t* buffer) {
        if (got > 0) write_all(s, buffer->base, static_cast<std::size_t>(got));
        if (got < 0) uv_close(reinterpret_cast<uv_handle_t*>(s), free_tcp);
    });
}

int listen_on(uv_loop_t& loop, uv_tcp_t& server) {
    uv_tcp_init(&loop, &server);
    sockaddr_in address{};
    uv_ip4_addr("127.0.0.1", 0, &address);
    uv_tcp_bind(&server, reinterpret_cast<const sockaddr*>(&address), 0);
    uv_listen(reinterpret_cast<uv_stream_t*>(&server), 256, on_connection);
    int size = sizeof address;
    uv_tcp_getsockname(&server, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

struct Client {
    uv_tcp_t tcp;
    uv_connect_t request;
    long left;
    long got = 0;
    long* open;
    uv_tcp_t* server;
};

void send_message(Client& client) {
    static char message[message_bytes] = {};
    write_all(reinterpret_cast<uv_stream_t*>(&client.tcp), message, sizeof message);
}

void on_answer(uv_stream_t* stream, ssize_t got, const uv_buf_t*) {
    auto& client = *static_cast<Client*>(stream->data);
    if (got <= 0) return;
    client.got += got;
    if (client.got < message_bytes) return;
    client.got = 0;
    if (--client.left > 0) return send_message(client);
    uv_close(reinterpret_cast<uv_handle_t*>(stream), nullptr);
    if (--*client.open == 0) uv_close(reinterpret_cast<uv_handle_t*>(client.server), nullptr);
}

void echo_workload(Measurement& m) {
    const long trips = m.scaled(round_trips);
    long open = connections;
    uv_loop_t loop;
    uv_loop_init(&loop);
    uv_tcp_t server;
    sockaddr_in address{};
    uv_ip4_addr("127.0.0.1", listen_on(loop, server), &address);
    m.begin();
    std::vector<Client> clients(static_cast<std::size_t>(connections));
    for (Client& client : clients) {
        client.left = trips;
        client.open = &open;
        client.server = &server;
        uv_tcp_init(&loop, &client.tcp);
        client.tcp.data = &client;
        const auto on_connect = [](uv_connect_t* request, int) {
            auto& connected = *static_cast<Client*>(request->handle->data);
            uv_tcp_nodelay(&connected.tcp, 1);
            uv_read_start(request->handle, give_buffer, on_answer);
            send_message(connected);
        };
        uv_tcp_connect(&client.request, &client.tcp, reinterpret_cast<const sockaddr*>(&address), on_connect);
    }
    uv_run(&loop, UV_RUN_DEFAULT);
    m.end(connections * trips);
    uv_loop_close(&loop);
    m.require(open == 0, "clients");
}

void echo_server(Measurement&) {
    uv_loop_t loop;
    uv_loop_init(&loop);
    uv_tcp_t server;
    std::printf("PORT %d\n", listen_on(loop, server));
    std::fflush(stdout);
    uv_run(&loop, UV_RUN_DEFAULT);
}

}  // namespace

int main(int argc, char** argv) {
    return run_workload(argc, argv,
                        {{"timers", timers_workload}, {"echo", echo_workload}, {"echo_server", echo_server}});
}
