// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <string>

#include "app/scenarios/scenario.hpp"

using awaitscope::scenarios::print;

namespace {

asyncio::ContextVar<std::string> language("language", "English");

asyncio::Coroutine<> choose(std::string wanted) {
    language.set(wanted);
    print("choose: ", language.get());
    co_return;
}

asyncio::Coroutine<> main_() {
    print("main: ", language.get());
    co_await asyncio::create_task(choose("German"), "choose");
    print("main: ", language.get());
}

asyncio::Coroutine<> expected() {
    print("main: ", language.get());
    co_await choose("German");
    print("main: ", language.get());
}

const awaitscope::scenarios::Registration registration("context-of-a-child", main_);
const awaitscope::scenarios::Registration variant("context-of-a-child/expected", expected);

}  // namespace
