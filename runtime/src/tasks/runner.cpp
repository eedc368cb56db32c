// SPDX-License-Identifier: MIT
// CPython's runners.py.
#include <cstdio>

#include "asyncio/errors.hpp"
#include "asyncio/gather.hpp"
#include "asyncio/run.hpp"
#include "runtime/src/loop/interrupt.hpp"
#include "runtime/src/loop/loop_impl.hpp"

namespace asyncio {
namespace {

/// A gather of tasks whatever their type: its results are of no interest.
class GatherAll final : public detail::Gathering<void> {
  public:
    GatherAll(EventLoop* loop, std::size_t count) : Gathering(loop, true, count) {}

  private:
    void collect() override { construct_value(); }
};

void cancel_all_tasks(EventLoop& loop) {
    const std::vector<AnyTask> tasks = all_tasks(&loop);
    if (tasks.empty()) return;
    for (const AnyTask& task : tasks) task.cancel();
    std::vector<detail::FutureRef> children;
    for (const AnyTask& task : tasks) children.push_back(detail::FutureRef::share(task.core()));
    loop.run_until_complete(
        detail::finish_gather(std::make_unique<GatherAll>(&loop, children.size()), children.data()));
    for (const AnyTask& task : tasks) {
        if (task.cancelled()) continue;
        if (auto exception = task.exception())
            loop.call_exception_handler({.message = "unhandled exception during asyncio.run() shutdown",
                                         .exception = exception,
                                         .future = task,
                                         .handle = std::nullopt});
    }
}

}  // namespace

Runner::Runner(RunOptions options) : options_(options), name_(options.name) {}

Runner::~Runner() {
    try {
        close();
    } catch (...) {
        std::fprintf(stderr, "asyncio: closing the loop failed: %s\n", to_string(std::current_exception()).c_str());
    }
}

void Runner::require_usable(const char* who) const {
    if (closed_) throw RuntimeError("Runner is closed");
    if (running_loop()) throw RuntimeError(std::string(who) + " cannot be called from a running event loop");
}

EventLoop& Runner::get_loop() {
    if (closed_) throw RuntimeError("Runner is closed");
    if (!loop_) {
        loop_ = detail::make_loop(options_.clock, name_);
        if (options_.debug) loop_->set_debug(*options_.debug);
    }
    return *loop_;
}

void Runner::run_main(detail::TaskCore& task) {
    const detail::InterruptScope interrupts(*loop_, task);
    loop_->run_until_done(AnyFuture(detail::FutureRef::share(&task)), false);
    if (task.state() == detail::FutureCore::State::cancelled && interrupts.interrupted() && task.uncancel() == 0)
        throw KeyboardInterrupt();
    task.rethrow_unless_finished();
}

void Runner::close() {
    if (closed_) return;
    closed_ = true;
    if (!loop_) return;
    struct Closing {
        EventLoop& loop;
        ~Closing() { loop.close(); }
    } closing{*loop_};
    cancel_all_tasks(*loop_);
    loop_->run_until_complete(loop_->shutdown_asyncgens());
    loop_->run_until_complete(loop_->shutdown_default_executor());
}

}  // namespace asyncio
