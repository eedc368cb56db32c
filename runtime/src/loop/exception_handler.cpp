// SPDX-License-Identifier: MIT
// CPython's base_events.py: what becomes of errors that nobody else takes.
#include <cstdio>

#include "asyncio/errors.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/tasks/stack.hpp"

namespace asyncio {
namespace {

/// The context variables that the handler sees: the task's, when the report is about one.
detail::ContextRef context_for(EventLoop& loop, const ExceptionContext& told) {
    detail::TaskCore* const task = told.future ? told.future->core()->as_task() : nullptr;
    // That of what runs now is the current one.
    return task && task != loop.current_task() ? task->context() : detail::copy_context();
}

std::string describe(const ExceptionContext& context) {
    std::string text = "{'message': '" + context.message + "'";
    if (context.exception) text += ", 'exception': " + detail::describe(context.exception);
    if (context.future) text += ", 'future': " + detail::describe(*context.future->core());
    if (context.handle) text += ", 'handle': " + detail::describe(*context.handle->node());
    return text + '}';
}

std::vector<FrameSummary> creation_of(const ExceptionContext& context) {
    if (context.future) return detail::creation_of(context.future->core());
    if (context.handle) return detail::creation_of(context.handle->node());
    return {};
}

void log(std::string text, const std::exception_ptr& exception, const std::vector<FrameSummary>* traceback) {
    if (exception) {
        if (traceback)
            text += "\nTraceback (most recent call last):\n" + detail::format_frames(*traceback);
        else
            text += '\n';
        text += to_string(exception);
    }
    std::fprintf(stderr, "%s\n", text.c_str());
}

}  // namespace

void EventLoop::set_exception_handler(ExceptionHandler handler) {
    impl_->exception_handler = std::move(handler);
}

void EventLoop::call_exception_handler(const ExceptionContext& context) {
    if (!impl_->exception_handler) return default_exception_handler(context);
    try {
        detail::ContextRef variables = context_for(*this, context);
        const detail::ContextScope scope(variables);
        // Kept meanwhile: it may set another one.
        const ExceptionHandler handler = impl_->exception_handler;
        handler(*this, context);
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (const SystemExit&) {
        throw;
    } catch (...) {
        log("Unhandled error in exception handler\ncontext: " + describe(context), std::current_exception(), nullptr);
    }
}

void EventLoop::default_exception_handler(const ExceptionContext& context) {
    std::string text = context.message.empty() ? "Unhandled exception in event loop" : context.message;
    const std::vector<FrameSummary>* traceback = nullptr;
    if (context.future) {
        detail::FutureCore& future = *context.future->core();
        text += "\nfuture: " + detail::describe(future);
        if (detail::TaskCore* const task = future.as_task(); task && task->peek_outcome() == context.exception)
            traceback = task->frames_left();
    }
    if (context.handle) text += "\nhandle: " + detail::describe(*context.handle->node());
    if (const auto made = creation_of(context); !made.empty()) {
        text += "\nsource_traceback: Object created at (most recent call last):\n" + detail::format_frames(made);
        text.pop_back();
    }
    log(std::move(text), context.exception, traceback);
}

}  // namespace asyncio
