// SPDX-License-Identifier: GPL-3.0-or-later
// All that a coroutine of Boost.Asio's can wait for, in an order that does not depend on time. The lines are asserted.
#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <cstring>
#include <stdexcept>

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using namespace asio::experimental::awaitable_operators;
using namespace std::chrono_literals;
using Channel = asio::experimental::channel<void(boost::system::error_code, int)>;

static awaitable<int> inner(int value) {
    co_await asio::post(use_awaitable);
    co_return value;
}

static awaitable<void> posts() {
    co_await asio::post(use_awaitable);
    co_await inner(1);
    co_await asio::post(asio::deferred);
}

static awaitable<void> sleeps() {
    asio::steady_timer timer(co_await asio::this_coro::executor, 1ms);
    co_await timer.async_wait(use_awaitable);
}

static awaitable<void> waits_for_a_task() {
    co_await asio::co_spawn(co_await asio::this_coro::executor, inner(2), use_awaitable);
}

static awaitable<void> receives(Channel& channel) {
    co_await channel.async_receive(use_awaitable);
}

static awaitable<void> sends(Channel& channel) {
    co_await channel.async_send({}, 7, use_awaitable);
}

static awaitable<void> fails() {
    co_await asio::post(use_awaitable);
    throw std::runtime_error("no");
}

static awaitable<void> times_out() {
    asio::steady_timer never(co_await asio::this_coro::executor, 1h);
    co_await (never.async_wait(use_awaitable) || inner(3));
}

static awaitable<void> of_another_making() {
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
        [](auto handler) { asio::post(std::move(handler)); }, use_awaitable);
}

static awaitable<void> left_behind(asio::steady_timer& timer) {
    co_await timer.async_wait(use_awaitable);
}

int main(int argc, char** argv) {
    asio::io_context context;
    asio::steady_timer never(context, 1h);
    Channel channel(context, 0);
    const char* const what = argc > 1 ? argv[1] : "";
    const auto spawn = [&](auto coroutine) { asio::co_spawn(context, std::move(coroutine), asio::detached); };
    if (std::strcmp(what, "posts") == 0) spawn(posts());
    if (std::strcmp(what, "sleeps") == 0) spawn(sleeps());
    if (std::strcmp(what, "task") == 0) spawn(waits_for_a_task());
    if (std::strcmp(what, "channel") == 0) spawn(receives(channel)), spawn(sends(channel));
    if (std::strcmp(what, "fails") == 0) asio::co_spawn(context, fails(), [](std::exception_ptr) {});
    if (std::strcmp(what, "times-out") == 0) spawn(times_out());
    if (std::strcmp(what, "another") == 0) spawn(of_another_making());
    if (std::strcmp(what, "left") == 0) spawn(left_behind(never));
    if (std::strcmp(what, "lambda") == 0) spawn([]() -> awaitable<void> { co_await inner(4); });
    if (std::strcmp(what, "left") == 0)
        context.poll();
    else
        context.run();
}
