// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/loop_log.hpp"

#include <chrono>

namespace awaitscope::test {

void LoopLog::add(std::string text) {
    const std::chrono::duration<double> time = loop_.time().time_since_epoch();
    lines_.push_back({loop_.iteration(), time.count(), std::move(text)});
}

std::string to_text(const std::vector<LoopLog::Line>& lines) {
    std::string text;
    for (const LoopLog::Line& line : lines) {
        text += fmt::format("#{} ", line.turn);
        if (line.time > 0) text += fmt::format("t={:g} ", line.time);
        text += line.text + '\n';
    }
    return text;
}

std::vector<LoopLog::Line> run_logged(const LoggedProgram& program) {
    const auto loop = asyncio::new_event_loop(asyncio::Clock::virtual_time);
    LoopLog log(*loop);
    std::string error;
    try {
        loop->run_until_complete(loop->create_task(program(log), "main"));
    } catch (...) {
        error = "raised " + asyncio::to_string(std::current_exception());
    }
    for (const asyncio::AnyTask& task : asyncio::all_tasks(loop.get())) task.cancel();
    loop->run_until_complete(asyncio::sleep(std::chrono::seconds(0)));
    loop->close();
    if (!error.empty()) log.add(error);
    return log.lines();
}

std::string log_of(const LoggedProgram& program) {
    return to_text(run_logged(program));
}

std::string thrown_by(const std::function<void()>& function) {
    try {
        function();
    } catch (...) {
        return asyncio::to_string(std::current_exception());
    }
    return "nothing";
}

}  // namespace awaitscope::test
