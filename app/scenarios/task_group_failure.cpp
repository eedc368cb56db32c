// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <exception>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> fail() {
    co_await asyncio::sleep(1s);
    throw asyncio::ValueError("boom");
}

asyncio::Coroutine<> sibling() {
    try {
        co_await asyncio::sleep(5s);
        print("sibling: done");
    } catch (const asyncio::CancelledError&) {
        print("sibling cancelled");
        throw;
    }
}

/// As Python's repr() writes it.
std::string text(const asyncio::ExceptionGroup& group) {
    std::string inner;
    for (const std::exception_ptr& exception : group.exceptions()) {
        try {
            std::rethrow_exception(exception);
        } catch (const asyncio::ValueError& error) {
            inner += (inner.empty() ? "" : ", ") + ("ValueError('" + std::string(error.what()) + "')");
        }
    }
    return "ExceptionGroup('" + group.message() + "', [" + inner + "])";
}

asyncio::Coroutine<> main_() {
    try {
        co_await asyncio::task_group([](asyncio::TaskGroup& group) -> asyncio::Coroutine<> {
            group.create_task(fail(), "fail");
            group.create_task(sibling(), "sibling");
            co_await asyncio::sleep(3s);
            print("main: the block is over");
        });
    } catch (const asyncio::ExceptionGroup& group) {
        print(text(group));
    }
}

const awaitscope::scenarios::Registration registration("task-group-failure", main_);

}  // namespace
