// SPDX-License-Identifier: GPL-3.0-or-later
// The workloads on Boost.Asio: awaitables in an io_context that is told it is single-threaded. Its own means where it
// has them: post for a yield, a parallel group for a gather, a channel for a queue and for a lock.
#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <vector>

#include "tests/bench/runtime/measure.hpp"

namespace {

using namespace awaitscope::bench;
namespace asio = boost::asio;
using asio::awaitable;
using asio::deferred;
using asio::use_awaitable;
using asio::ip::tcp;
using Channel = asio::experimental::channel<void(boost::system::error_code, long)>;

awaitable<long> give(long value) {
    co_return value;
}

template <class Main>
void measure(Measurement& m, Main main_, long operations, long expected) {
    long result = 0;
    m.begin();
    asio::io_context context(1);
    asio::co_spawn(context, std::move(main_), [&](std::exception_ptr error, long value) {
        if (error) std::rethrow_exception(error);
        result = value;
    });
    context.run();
    m.end(operations);
    m.require(result == expected, "the sum");
}

/// Starts `count` coroutines and waits for the sum of what they give.
template <class Make>
awaitable<long> all(long count, Make make) {
    const auto executor = co_await asio::this_coro::executor;
    using Operation = decltype(asio::co_spawn(executor, make(0), deferred));
    std::vector<Operation> operations;
    operations.reserve(static_cast<std::size_t>(count));
    for (long i = 0; i < count; ++i) operations.push_back(asio::co_spawn(executor, make(i), deferred));
    auto [order, errors, values] = co_await asio::experimental::make_parallel_group(std::move(operations))
                                       .async_wait(asio::experimental::wait_for_all(), use_awaitable);
    long sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (errors[i]) std::rethrow_exception(errors[i]);
        sum += values[i];
    }
    co_return sum;
}

awaitable<long> yielding(long times) {
    const auto executor = co_await asio::this_coro::executor;
    for (long i = 0; i < times; ++i) co_await asio::post(executor, use_awaitable);
    co_return times;
}
void yield_workload(Measurement& m) {
    const long times = m.scaled(yields);
    measure(m, all(yield_tasks, [times](long) { return yielding(times); }), yield_tasks * times, yield_tasks * times);
}

awaitable<long> spawn_main(long count) {
    const auto executor = co_await asio::this_coro::executor;
    long sum = 0;
    for (long i = 0; i < count; ++i) sum += co_await asio::co_spawn(executor, give(1), use_awaitable);
    co_return sum;
}
void spawn_workload(Measurement& m) {
    const long count = m.scaled(spawns);
    measure(m, spawn_main(count), count, count);
}

awaitable<long> gather_main(long times) {
    long sum = 0;
    for (long i = 0; i < times; ++i) sum += co_await all(gather_width, give);
    co_return sum;
}
void gather_workload(Measurement& m) {
    const long times = m.scaled(gathers);
    measure(m, gather_main(times), times * gather_width, times * gather_width * (gather_width - 1) / 2);
}

awaitable<long> sleeper(std::chrono::nanoseconds delay) {
    asio::steady_timer timer(co_await asio::this_coro::executor, delay);
    co_await timer.async_wait(use_awaitable);
    co_return 1;
}
void timers_workload(Measurement& m) {
    const long count = m.scaled(timers);
    Delays delays;
    measure(m, all(count, [&](long) { return sleeper(std::chrono::nanoseconds(delays.next())); }), count, count);
}

awaitable<long> produce(Channel& channel, long count) {
    for (long i = 0; i < count; ++i) co_await channel.async_send(boost::system::error_code(), i, use_awaitable);
    co_return 0;
}
awaitable<long> consume(Channel& channel, long count) {
    long sum = 0;
    for (long i = 0; i < count; ++i) sum += co_await channel.async_receive(use_awaitable);
    co_return sum;
}
awaitable<long> queue_main(long count) {
    Channel channel(co_await asio::this_coro::executor, queue_size);
    co_return co_await all(2, [&](long i) { return i == 0 ? produce(channel, count) : consume(channel, count); });
}
void queue_workload(Measurement& m) {
    const long count = m.scaled(queue_items);
    measure(m, queue_main(count), count, count * (count - 1) / 2);
}

awaitable<long> locking(Channel& free, long& inside, long times) {
    const auto executor = co_await asio::this_coro::executor;
    for (long i = 0; i < times; ++i) {
        co_await free.async_receive(use_awaitable);
        ++inside;
        co_await asio::post(executor, use_awaitable);
        co_await free.async_send(boost::system::error_code(), 0, use_awaitable);
    }
    co_return 0;
}
awaitable<long> lock_main(long times) {
    Channel free(co_await asio::this_coro::executor, 1);
    co_await free.async_send(boost::system::error_code(), 0, use_awaitable);
    long inside = 0;
    co_await all(lock_tasks, [&](long) { return locking(free, inside, times); });
    co_return inside;
}
void lock_workload(Measurement& m) {
    const long times = m.scaled(lock_turns);
    measure(m, lock_main(times), lock_tasks * times, lock_tasks * times);
}

awaitable<void> serve(tcp::socket socket) {
    socket.set_option(tcp::no_delay(true));
    char message[message_bytes];
    boost::system::error_code error;
    for (;;) {
        co_await asio::async_read(socket, asio::buffer(message), asio::redirect_error(use_awaitable, error));
        if (error) co_return;
        co_await asio::async_write(socket, asio::buffer(message), asio::redirect_error(use_awaitable, error));
        if (error) co_return;
    }
}
awaitable<void> accept(tcp::acceptor& acceptor) {
    boost::system::error_code error;
    for (;;) {
        tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(use_awaitable, error));
        if (error) co_return;
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), asio::detached);
    }
}
awaitable<long> client(tcp::endpoint server, long trips) {
    tcp::socket socket(co_await asio::this_coro::executor);
    co_await socket.async_connect(server, use_awaitable);
    socket.set_option(tcp::no_delay(true));
    char message[message_bytes] = {}, answer[message_bytes];
    for (long i = 0; i < trips; ++i) {
        co_await asio::async_write(socket, asio::buffer(message), use_awaitable);
        co_await asio::async_read(socket, asio::buffer(answer), use_awaitable);
    }
    co_return trips;
}
awaitable<long> echo_main(long trips) {
    tcp::acceptor acceptor(co_await asio::this_coro::executor, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    asio::co_spawn(acceptor.get_executor(), accept(acceptor), asio::detached);
    const tcp::endpoint server = acceptor.local_endpoint();
    const long done = co_await all(connections, [&](long) { return client(server, trips); });
    acceptor.close();
    // Lets accept() see that before the acceptor goes.
    co_await asio::post(acceptor.get_executor(), use_awaitable);
    co_return done;
}
void echo_workload(Measurement& m) {
    const long trips = m.scaled(round_trips);
    measure(m, echo_main(trips), connections * trips, connections * trips);
}

void echo_server(Measurement&) {
    asio::io_context context(1);
    tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    std::printf("PORT %d\n", acceptor.local_endpoint().port());
    std::fflush(stdout);
    asio::co_spawn(context, accept(acceptor), asio::detached);
    context.run();
}

}  // namespace

int main(int argc, char** argv) {
    return run_workload(argc, argv,
                        {{"yield", yield_workload},
                         {"spawn", spawn_workload},
                         {"gather", gather_workload},
                         {"timers", timers_workload},
                         {"queue", queue_workload},
                         {"lock", lock_workload},
                         {"echo", echo_workload},
                         {"echo_server", echo_server}});
}
