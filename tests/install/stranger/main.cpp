// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody else writes with the library, from its two public folders alone. Prints nothing when all is well.
#include <algorithm>
#include <asyncio/asyncio.hpp>
#include <awaitscope/probe.hpp>
#include <cstdio>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using asyncio::Coroutine;

namespace {

std::vector<std::string> lines;

void say(std::string line) {
    lines.push_back(std::move(line));
}

asyncio::ContextVar<std::string> user("user", "nobody");

Coroutine<int> after(std::chrono::milliseconds delay, int value) {
    co_await asyncio::sleep(delay);
    co_return value;
}

Coroutine<> fail(std::string text) {
    co_await asyncio::sleep(1ms);
    throw asyncio::RuntimeError(text);
}

Coroutine<> tasks() {
    auto task = asyncio::create_task(after(2ms, 7), "seven");
    const int seven = co_await task;
    say(task.get_name() + " " + std::to_string(seven));

    auto [one, two] = co_await asyncio::gather(after(2ms, 1), after(1ms, 2));
    say("gather " + std::to_string(one + two));

    std::vector<Coroutine<int>> many;
    for (int i = 3; i > 0; --i) many.push_back(after(std::chrono::milliseconds(i), i));
    std::string order;
    for (auto next : asyncio::as_completed(std::move(many))) order += std::to_string(co_await next);
    say("as_completed " + order);

    auto late = co_await asyncio::as_result(asyncio::wait_for(after(1h, 0), 1ms));
    say(asyncio::to_string(late.exception()));

    auto body = [](asyncio::TaskGroup& group) -> Coroutine<> {
        group.create_task(fail("first"));
        group.create_task(after(1h, 0));
        co_return;
    };
    try {
        co_await asyncio::task_group(body);
    } catch (const asyncio::ExceptionGroup& group) {
        say(std::string(group.what()) + ": " + asyncio::to_string(group.exceptions().front()));
    }

    auto sleeper = asyncio::create_task(after(1h, 0));
    const std::vector waited = {sleeper};
    auto done = co_await asyncio::wait(waited, {.timeout = 1ms});
    sleeper.cancel("enough");
    auto ended = co_await asyncio::as_result(sleeper);
    say(std::to_string(done.pending.size()) + " pending; " + asyncio::to_string(ended.exception()));
}

Coroutine<> primitives() {
    asyncio::Queue<std::string> queue(2);
    asyncio::Semaphore seats(2);
    asyncio::Lock lock;
    asyncio::Event opened;
    auto worker = [&]() -> Coroutine<> {
        co_await opened.wait();
        while (true) {
            std::string item = co_await queue.get();
            auto seat = co_await seats.scoped();
            auto guard = co_await lock.scoped();
            say("item " + item + ", locked " + (lock.locked() ? "yes" : "no"));
            queue.task_done();
        }
    };
    auto task = asyncio::create_task(worker);
    opened.set();
    for (const char* item : {"a", "b", "c"}) co_await queue.emplace(item);
    co_await queue.join();
    queue.shutdown();
    auto end = co_await asyncio::as_result(task);
    say(asyncio::to_string(end.exception()));
}

asyncio::AsyncGenerator<int> countdown(int from) {
    for (; from > 0; --from) {
        co_await asyncio::sleep(1ms);
        co_yield from;
    }
}

Coroutine<> context_and_threads() {
    auto token = user.set("ada");
    std::string name = co_await asyncio::to_thread([] { return user.get(); });
    user.reset(token);
    say(name + ", then " + user.get());

    std::string numbers;
    auto generator = countdown(3);
    while (auto number = co_await generator.next()) numbers += std::to_string(*number);
    say("generator " + numbers);

    asyncio::EventLoop& loop = asyncio::get_running_loop();
    int answer = 0;
    std::thread other([&] { answer = asyncio::run_coroutine_threadsafe(after(1ms, 42), loop).result(); });
    co_await asyncio::to_thread([&] { other.join(); });
    say("from another thread " + std::to_string(answer));
}

Coroutine<> echo(asyncio::StreamReader reader, asyncio::StreamWriter writer) {
    std::string line = co_await reader.readline();
    writer.write("echo " + line);
    co_await writer.drain();
    writer.close();
}

Coroutine<> network() {
    auto server = co_await asyncio::start_server(echo, "127.0.0.1", 0);
    auto closing = co_await server.scoped();
    auto [reader, writer] = co_await asyncio::open_connection("127.0.0.1", server.port());
    writer.write("hello\n");
    std::string answer = co_await reader.read();
    say(answer.substr(0, answer.find('\n')));
    writer.close();
    co_await writer.wait_closed();
}

class Counter : public asyncio::Protocol {
  public:
    explicit Counter(asyncio::Future<std::size_t> total) : total_(std::move(total)) {}
    void data_received(std::string_view data) override { bytes_ += data.size(); }
    void connection_lost(std::exception_ptr) override { total_.set_result(bytes_); }

  private:
    asyncio::Future<std::size_t> total_;
    std::size_t bytes_ = 0;
};

Coroutine<> protocols() {
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    auto total = loop.create_future<std::size_t>();
    auto factory = [&] { return std::make_shared<Counter>(total); };
    asyncio::Server server = co_await loop.create_server(factory, "127.0.0.1", 0);
    auto client = [] { return std::make_shared<asyncio::Protocol>(); };
    auto connection = co_await loop.create_connection(client, "127.0.0.1", server.port());
    connection.transport->write("12345");
    connection.transport->close();
    std::size_t bytes = co_await total;
    say("received " + std::to_string(bytes));
    server.close();
}

Coroutine<> main_() {
    co_await tasks();
    co_await primitives();
    co_await context_and_threads();
    co_await network();
    co_await protocols();
    awaitscope::mark("done");
    say(awaitscope::enabled() ? "shared" : "not shared");
}

}  // namespace

int main() {
    asyncio::run(main_(), {.debug = false});
    const std::vector<std::string> expected = {
        "seven 7",
        "gather 3",
        "as_completed 123",
        "TimeoutError",
        "unhandled errors in a TaskGroup (1 sub-exception): RuntimeError: first",
        "1 pending; CancelledError: enough",
        "item a, locked yes",
        "item b, locked yes",
        "item c, locked yes",
        "QueueShutDown",
        "ada, then nobody",
        "generator 321",
        "from another thread 42",
        "echo hello",
        "received 5",
        "not shared",
    };
    if (lines == expected) return 0;
    for (std::size_t i = 0; i < std::max(lines.size(), expected.size()); ++i)
        std::printf("%s | expected %s\n", i < lines.size() ? lines[i].c_str() : "",
                    i < expected.size() ? expected[i].c_str() : "");
    return 1;
}
