// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <string>

#include "app/scenarios/scenario.hpp"

using awaitscope::scenarios::print;

namespace {

const char* const script = R"(while read word; do echo "the child read $word"; done; exit 3)";

asyncio::Coroutine<> main_() {
    auto child = co_await asyncio::create_subprocess_exec("sh", {"-c", script},
                                                          {.stdin_ = asyncio::PIPE, .stdout_ = asyncio::PIPE});
    print("main: the child runs, its return code is ", child.returncode() ? "known" : "not known");
    auto waiter = asyncio::create_task(child.wait(), "waiter");
    for (const std::string word : {"one", "two"}) {
        print("main: writes ", word);
        child.stdin_().write(word + "\n");
        co_await child.stdin_().drain();
        const std::string line = co_await child.stdout_().readline();
        print("main: read '", line.substr(0, line.find('\n')), "'");
    }
    print("main: closes the child's input");
    child.stdin_().close();
    const int code = co_await waiter;
    print("main: the child has ended with ", code);
    const std::string rest = co_await child.stdout_().read();
    print("main: ", rest.size(), " bytes are left to read");
}

const awaitscope::scenarios::Registration registration("subprocess-exec", main_);

}  // namespace
