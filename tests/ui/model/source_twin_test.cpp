// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/source_twin.hpp"

#include <catch2/catch.hpp>

using awaitscope::ui::SourceTwin;

namespace {

const char* const cpp = R"(#include <asyncio/asyncio.hpp>
asyncio::Coroutine<> worker(asyncio::Lock& lock) {
    // co_await in a comment counts for nothing
    auto guard = co_await lock.scoped();
    co_await asyncio::sleep(1s);
}

asyncio::Coroutine<int> main_() {
    co_await asyncio::gather(worker(a), worker(b));
    co_return 1;
}
)";

const char* const python = R"(import asyncio

async def worker(lock):
    async with lock:
        # await in a comment
        await asyncio.sleep(1)

async def main():
    await asyncio.gather(worker(a), worker(b))

asyncio.run(main())
)";

}  // namespace

TEST_CASE("The n-th await of a coroutine stands in its twin at the n-th await") {
    const SourceTwin twin(cpp, python);
    CHECK(twin.pythonLine("worker", 4) == 4);
    CHECK(twin.pythonLine("worker", 5) == 6);
    CHECK(twin.pythonLine("main_", 9) == 9);
}

TEST_CASE("A line without an await is its coroutine's, and a place without a name finds its coroutine by the line") {
    const SourceTwin twin(cpp, python);
    CHECK(twin.pythonLine("worker", 2) == 3);
    CHECK(twin.pythonLine("worker", 3) == 0);
    CHECK(twin.coroutineLine("worker", 3) == 3);
    CHECK(twin.coroutineLine("", 10) == 8);
    CHECK(twin.coroutineLine("nobody", 1) == 0);
    CHECK(twin.pythonLine("", 5) == 6);
    CHECK(twin.pythonLine("", 9) == 9);
}

TEST_CASE("A generator is a coroutine, too, and an await that is only spoken of counts for nothing") {
    const SourceTwin twin(R"(asyncio::AsyncGenerator<int> count() {
    co_await asyncio::sleep(1s);
}
asyncio::Coroutine<> main_() {
    print("before an await");
    co_await count().next();
}
)",
                          R"(async def count():
    await asyncio.sleep(1)

async def main():
    print("before an await")
    print(await anext(count()))
)");
    CHECK(twin.pythonLine("count", 2) == 2);
    CHECK(twin.pythonLine("main_", 6) == 6);
}

TEST_CASE("An await whose statement goes on over lines is found by its last line, too") {
    const SourceTwin twin(R"(asyncio::Coroutine<> main_() {
    co_await asyncio::task_group([&](asyncio::TaskGroup& group) -> asyncio::Coroutine<> {
        co_await asyncio::sleep(1s);
        print("a bracket ( in a text");
    });
    co_await asyncio::sleep(2s);
}
)",
                          R"(async def main():
    async with asyncio.TaskGroup() as group:
        await asyncio.sleep(1)
        print("a bracket ( in a text")
    await asyncio.sleep(2)
)");
    CHECK(twin.pythonLine("main_", 2) == 2);
    CHECK(twin.pythonLine("main_", 3) == 3);
    CHECK(twin.pythonLine("main_", 5) == 2);
    CHECK(twin.pythonLine("main_", 6) == 5);
}

TEST_CASE("What has no twin has no line") {
    CHECK(SourceTwin().isEmpty());
    CHECK(SourceTwin().pythonLine("worker", 4) == 0);
    CHECK(SourceTwin(cpp, "print()").pythonLine("worker", 4) == 0);
}

TEST_CASE("What is printed, and a task that is made, stands in the twin where the like of it stands") {
    const SourceTwin twin(R"(asyncio::Coroutine<> main_() {
    print("one");
    auto task = asyncio::create_task(worker());
    print("two ",
          2);
    co_await task;
}
)",
                          R"(async def main():
    print("one")

    task = asyncio.create_task(worker())
    print("two", 2)
    await task
)");
    CHECK(twin.pythonLine("main_", 2) == 2);
    CHECK(twin.pythonLine("main_", 3) == 4);
    CHECK(twin.pythonLine("main_", 4) == 5);
    CHECK(twin.pythonLine("main_", 5) == 5);
    CHECK(twin.pythonLine("main_", 6) == 6);
}

TEST_CASE("A call that keeps the thread stands in the twin where the like of it stands") {
    const SourceTwin twin(R"(asyncio::Coroutine<> blocks() {
    co_await asyncio::sleep(150ms);
    std::this_thread::sleep_for(500ms);
}
)",
                          R"(async def blocks():
    await asyncio.sleep(0.15)
    time.sleep(0.5)
)");
    CHECK(twin.pythonLine("blocks", 2) == 2);
    CHECK(twin.pythonLine("blocks", 3) == 3);
}

TEST_CASE("Side by side stand the lines that are the same, and between them what lies as far from both") {
    const SourceTwin twin(cpp, python);
    CHECK(twin.nearPython(2) == 3);
    CHECK(twin.nearPython(4) == 4);
    CHECK(twin.nearPython(5) == 6);
    CHECK(twin.nearPython(8) == 8);
    CHECK(twin.nearPython(1) == 2);
    CHECK(twin.nearPython(20) == 20);
    CHECK(twin.nearCpp(6) == 5);
    CHECK(twin.nearCpp(5) == 4);
    CHECK(twin.nearCpp(9) == 9);
    CHECK(SourceTwin().nearCpp(7) == 7);
}

TEST_CASE("Plain functions and methods are known, too, and one inside of another is a part of that") {
    const SourceTwin twin(R"(asyncio::Coroutine<> worker() {
    print("worker");
}

std::vector<asyncio::Task<void>> start(const std::string& name) {
    auto task = asyncio::create_task(worker(), name);
    return {task};
}

struct Echo : asyncio::Protocol {
    void data_received(Bytes data) override {
        print("received ", data);
    }
};

asyncio::Coroutine<> main_() {
    loop.call_soon([] { print("callback"); });
    print("main");
}
)",
                          R"(async def worker():
    print("worker")


def start(name):
    return [asyncio.create_task(worker(), name=name)]


class Echo(asyncio.Protocol):
    def data_received(self, data):
        print(f"received {data}")


async def main():
    def callback():
        print("callback")
    loop.call_soon(callback)
    print("main")
)");
    CHECK(twin.pythonLine("worker", 2) == 2);
    CHECK(twin.pythonLine("start", 6) == 6);
    CHECK(twin.pythonLine("", 6) == 6);
    CHECK(twin.pythonLine("data_received", 12) == 11);
    CHECK(twin.pythonLine("main_", 17) == 16);
    CHECK(twin.pythonLine("main_", 18) == 18);
}

TEST_CASE("Where one has more prints than the other, they are told apart by what they say") {
    const SourceTwin twin(R"(asyncio::Coroutine<> main_() {
    print("main: begins at ", time);
    loop.call_soon([] { print("callback"); });
    print("main: ends");
}
)",
                          R"(def callback():
    print("callback")


async def main():
    print(f"main: begins at {time}")
    loop.call_soon(callback)
    print("main: ends")
)");
    CHECK(twin.pythonLine("main_", 2) == 6);
    CHECK(twin.pythonLine("main_", 3) == 0);
    CHECK(twin.pythonLine("main_", 4) == 8);
}
