// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <string>

#include "app/scenarios/scenario.hpp"

using awaitscope::scenarios::print;

namespace {

std::string stripped(const std::string& text) {
    return text.substr(0, text.find_last_not_of('\n') + 1);
}

asyncio::Coroutine<> sh(std::string command) {
    print("$ ", command);
    auto child =
        co_await asyncio::create_subprocess_shell(command, {.stdout_ = asyncio::PIPE, .stderr_ = asyncio::PIPE});
    const auto [out, err] = co_await child.communicate();
    if (!out.empty()) print("stdout: ", stripped(out));
    if (!err.empty()) print("stderr: ", stripped(err));
    print("code: ", child.returncode().value());
}

asyncio::Coroutine<> main_() {
    co_await sh("echo one two three | wc -w | tr -d ' '");
    co_await sh("LC_ALL=C ls /no/such/folder");
    co_await sh("kill -TERM $$");
}

const awaitscope::scenarios::Registration registration("subprocess-shell", main_);

}  // namespace
