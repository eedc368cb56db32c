// SPDX-License-Identifier: GPL-3.0-or-later
// Many coroutines on an io_context that several threads run: each goes from thread to thread.
#include <boost/asio.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>
#include <cstdio>
#include <thread>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using Channel = asio::experimental::concurrent_channel<void(boost::system::error_code, int)>;

static awaitable<int> step(int value) {
    co_await asio::post(use_awaitable);
    co_return value;
}

static awaitable<void> worker(Channel& channel) {
    int sum = 0;
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (int i = 0; i < 50; ++i) {
        sum += co_await step(1);
        timer.expires_after(std::chrono::microseconds(i));
        co_await timer.async_wait(use_awaitable);
        sum += co_await asio::co_spawn(co_await asio::this_coro::executor, step(1), use_awaitable);
    }
    co_await channel.async_send({}, sum, use_awaitable);
}

static awaitable<void> collects(Channel& channel, int workers) {
    int sum = 0;
    for (int i = 0; i < workers; ++i) sum += co_await channel.async_receive(use_awaitable);
    std::printf("%d\n", sum);
}

int main() {
    constexpr int workers = 20;
    asio::io_context context;
    Channel channel(context, 4);
    asio::co_spawn(context, collects(channel, workers), asio::detached);
    for (int i = 0; i < workers; ++i) asio::co_spawn(context, worker(channel), asio::detached);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { context.run(); });
    for (std::thread& thread : threads) thread.join();
}
