// SPDX-License-Identifier: MIT
#pragma once

#include <source_location>
#include <string>
#include <typeinfo>
#include <vector>

#include "asyncio/detail/frame_summary.hpp"
#include "asyncio/event_loop.hpp"

namespace asyncio::detail {

/// A coroutine's name for events, which are told often: whoever reads them takes template arguments off, which
/// display_name() does for people.
const char* event_name(const char* function);

class FutureCore;
class HandleNode;
class PromiseBase;
class TaskCore;

/// The coroutines a task is in, root first; of a failed task, those its exception has left. `where` is the innermost
/// line of the running task, when that is known.
std::vector<FrameSummary> stack_of(TaskCore& task, const std::source_location& where = {});

/// Python's repr: "<Task pending name='Task-2' coro=<work() running at a.cpp:5> wait_for=<Future pending>>".
std::string describe(FutureCore& future);
/// "<Handle <lambda>()>", "<TimerHandle when=1.5 <lambda>()>".
std::string describe(const HandleNode& handle);
/// "ValueError('text')".
std::string describe(const std::exception_ptr& exception);

/// Where one of a task's coroutines stands.
FrameSummary frame_of(const PromiseBase& promise);
/// What a coroutine made in debug mode keeps: the stack of the task that has made it; else empty.
std::vector<FrameSummary> origin_of(const PromiseBase& promise);
/// A type as users know it: "ValueError", "main::Handler".
std::string type_name(const std::type_info& type);
/// A callback's type as a name: "<lambda>", "main::Handler".
std::string callback_name(const std::type_info& type);

/// Debug mode: where an object was made. The stack of the task that runs, up to the call where that is known.
void note_creation(EventLoop& loop, const void* object, const std::source_location& where = {});
void forget_creation(const void* object) noexcept;
/// Empty when it was made outside debug mode, or outside any task.
std::vector<FrameSummary> creation_of(const void* object);

}  // namespace asyncio::detail
