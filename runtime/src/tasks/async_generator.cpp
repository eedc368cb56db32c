// SPDX-License-Identifier: MIT
#include "asyncio/async_generator.hpp"

#include "asyncio/gather.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/probe_hooks.hpp"
#include "runtime/src/tasks/generator_exit.hpp"

namespace asyncio {
namespace detail {

void OpenGenerator::register_at(EventLoop& loop) {
    if (loop_) return;
    loop_ = &loop;
    loop.impl().generators.push_back(this);
}

void OpenGenerator::unregister() noexcept {
    // The loop may be gone; then it has let go of this already.
    if (in_list) loop_->impl().generators.remove(this);
    loop_ = nullptr;
}

void GeneratorTurn::suspend_at(PromiseBase& consumer) {
    generator_->become_generator_of(consumer);
}

void throw_generator_exit() {
    throw GeneratorExit();
}
void throw_generator_error(const char* what) {
    throw RuntimeError(what);
}

bool is_generator_exit(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const GeneratorExit&) {
        return true;
    } catch (...) {
        return false;
    }
}

}  // namespace detail

Coroutine<> EventLoop::shutdown_asyncgens() {
    auto& generators = impl_->generators;
    if (generators.empty()) co_return;
    std::vector<Coroutine<>> closing;
    while (!generators.empty()) closing.push_back(generators.pop_front()->close());
    auto closed = gather(return_exceptions, std::move(closing));
    const auto results = co_await closed;
    for (const Result<void>& result : results)
        if (!result.ok())
            detail::hooks::report(*this,
                                  {.message = "an error occurred during closing of asynchronous generator",
                                   .exception = result.exception(),
                                   .future = std::nullopt,
                                   .handle = std::nullopt},
                                  detail::hooks::Report::other);
}

}  // namespace asyncio
