// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "asyncio/event_loop.hpp"

namespace asyncio {

/// How run() and Runner make their loop.
struct RunOptions {
    std::optional<bool> debug = {};  ///< nothing: as ASYNCIO_DEBUG says
    Clock clock = Clock::real;
    std::string_view name = {};  ///< of the loop, for a viewer
};
static_assert(std::is_trivially_destructible_v<RunOptions>);

/// Several runs on one loop: Python's Runner. Closing it cancels what is left, as run() does.
class Runner {
  public:
    Runner() : Runner(RunOptions{}) {}
    explicit Runner(RunOptions options);
    /// close(); an exception of it is reported on stderr.
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    /// Runs a coroutine as the main task; gives its result. Ctrl-C cancels the main task, and KeyboardInterrupt is
    /// thrown when it has ended so; a second Ctrl-C throws at once.
    template <detail::TaskAble A>
    auto run(A&& main) -> detail::result_of_coroutine<A>;
    /// The loop; it lives as long as the Runner.
    EventLoop& get_loop();
    /// Cancels all tasks and waits for them, ends generators and the executor, closes the loop.
    void close();

  private:
    void require_usable(const char* who) const;
    void run_main(detail::TaskCore& task);
    template <detail::TaskAble A>
    friend auto run(A&& main, RunOptions options) -> detail::result_of_coroutine<A>;

    RunOptions options_;
    std::unique_ptr<EventLoop> loop_;
    std::string name_;
    detail::ContextRef context_;
    bool has_context_ = false;
    bool closed_ = false;
};

template <detail::TaskAble A>
auto Runner::run(A&& main) -> detail::result_of_coroutine<A> {
    auto coroutine = detail::as_coroutine(std::forward<A>(main));
    require_usable("Runner.run()");
    EventLoop& loop = get_loop();
    // All runs of a Runner share one context: what one sets, the next one sees.
    if (!has_context_) context_ = detail::copy_context();
    has_context_ = true;
    auto task = [&] {
        const detail::ContextScope scope(context_);
        return loop.create_task(std::move(coroutine), {}, {});
    }();
    struct KeepContext {
        detail::ContextRef& kept;
        detail::TaskCore& task;
        ~KeepContext() { kept = task.context(); }
    } keep{context_, *task.task()};
    run_main(*task.task());
    return detail::take_stored<detail::result_of_coroutine<A>>(task.core()->value(), task.core()->refs() > 1);
}

/// Runs `main` on a new loop until it is done, then ends what it left running: Python's asyncio.run. RuntimeError when
/// a loop runs in this thread.
template <detail::TaskAble A>
auto run(A&& main, RunOptions options) -> detail::result_of_coroutine<A> {
    auto coroutine = detail::as_coroutine(std::forward<A>(main));
    Runner runner(options);
    runner.require_usable("asyncio.run()");
    // Closed by hand, so that what closing throws reaches the caller.
    if constexpr (std::is_void_v<detail::result_of_coroutine<A>>) {
        runner.run(std::move(coroutine));
        runner.close();
    } else {
        auto result = runner.run(std::move(coroutine));
        runner.close();
        return result;
    }
}
template <detail::TaskAble A>
auto run(A&& main) -> detail::result_of_coroutine<A> {
    return run(std::forward<A>(main), RunOptions{});
}

}  // namespace asyncio
