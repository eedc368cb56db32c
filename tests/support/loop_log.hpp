// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <asyncio/asyncio.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace awaitscope::test {

/// What a program says while it runs, each line with the turn of the loop (the first is #1) and the loop's time in
/// which it was said: the order of things as a text.
class LoopLog {
  public:
    struct Line {
        std::uint64_t turn = 0;
        double time = 0;  ///< seconds
        std::string text;
    };

    explicit LoopLog(asyncio::EventLoop& loop) : loop_(loop) {}

    template <class... A>
    void operator()(fmt::format_string<A...> format, A&&... arguments) {
        add(fmt::format(format, std::forward<A>(arguments)...));
    }
    void add(std::string text);
    const std::vector<Line>& lines() const { return lines_; }

  private:
    asyncio::EventLoop& loop_;
    std::vector<Line> lines_;
};

/// A line each: "#2 text", after a jump of the clock "#2 t=1.5 text".
std::string to_text(const std::vector<LoopLog::Line>& lines);

using LoggedProgram = std::function<asyncio::Coroutine<>(LoopLog&)>;

/// What `program` logs when it runs as task "main" on a new loop with a virtual clock. An exception that leaves the
/// loop becomes a last line, "raised Type: text". What still runs then is cancelled and gets one turn more.
std::vector<LoopLog::Line> run_logged(const LoggedProgram& program);
/// The same as a text.
std::string log_of(const LoggedProgram& program);

/// "Type: text" of what `function` throws, or "nothing".
std::string thrown_by(const std::function<void()>& function);

/// Runs on a new loop with a virtual clock, as asyncio::run does.
template <class A>
auto run_virtual(A&& main) {
    return asyncio::run(std::forward<A>(main), {.clock = asyncio::Clock::virtual_time});
}

}  // namespace awaitscope::test
