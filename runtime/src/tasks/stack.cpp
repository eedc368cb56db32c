// SPDX-License-Identifier: MIT
// CPython's base_tasks.py and base_futures.py: stacks of tasks, and their descriptions.
#include "runtime/src/tasks/stack.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <unordered_map>

#include "asyncio/detail/promise.hpp"
#include "runtime/src/loop/loop_impl.hpp"

namespace asyncio {
namespace detail {
namespace {

std::string source_line(const std::string& file, int line) {
    std::ifstream in(file);
    std::string text;
    for (int i = 0; i < line; ++i)
        if (!std::getline(in, text)) return {};
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string::npos ? std::string() : text.substr(begin);
}

const char* state_word(const FutureCore& future) {
    switch (future.state()) {
        case FutureCore::State::pending:
            return "pending";
        case FutureCore::State::cancelled:
            return "cancelled";
        default:
            return "finished";
    }
}

std::string place(const FrameSummary& frame) {
    return frame.filename + ':' + std::to_string(frame.lineno);
}

std::string describe_within(FutureCore& future, int depth) {
    TaskCore* const task = future.as_task();
    std::string text = task ? "<Task " : "<Future ";
    text += task && task->cancelling() && !task->done() ? "cancelling" : state_word(future);
    if (task) {
        text += " name='" + task->name() + "' coro=<" + task->coro_name() + "()";
        const PromiseBase& root = *task->root();
        if (task->done())
            text += " done, defined at " + std::string(root.file()) + ':' + std::to_string(root.line());
        else
            text += " running at " + place(frame_of(root));
        text += '>';
        if (task->waiting_on() && !task->done()) {
            FutureCore* const awaited = task->waiting_on()->as_future();
            // As Python's recursive_repr: tasks may wait for each other.
            text += " wait_for=" + (!awaited    ? std::string("<Future pending>")
                                    : depth > 3 ? std::string("...")
                                                : describe_within(*awaited, depth + 1));
        }
    }
    if (future.state() == FutureCore::State::failed) text += " exception=" + describe(future.peek_outcome());
    if (const auto made = creation_of(&future); !made.empty()) text += " created at " + place(made.back());
    return text + '>';
}

}  // namespace

FrameSummary frame_of(const PromiseBase& promise) {
    const std::source_location& where = promise.where();
    const bool waited = where.line() != 0;  // else it has not come to a co_await yet
    const bool generator = promise.parent() && !promise.awaiter();
    return {display_name(promise.function()), waited ? where.file_name() : promise.file(),
            waited ? static_cast<int>(where.line()) : promise.line(),
            generator ? FrameSummary::Kind::async_generator : FrameSummary::Kind::coroutine};
}

std::string callback_name(const std::type_info& type) {
    std::string name = type_name(type);
    // A lambda's type is its whole enclosing function; a function pointer's, its signature.
    if (name.ends_with('}') && name.find("{lambda(") != std::string::npos) return "<lambda>";
    if (name.find("(*)") != std::string::npos) return "<function>";
    return name;
}

std::string format_frames(const std::vector<FrameSummary>& frames) {
    std::string text;
    for (const FrameSummary& frame : frames) {
        text += "  File \"" + frame.filename + "\", line " + std::to_string(frame.lineno) + ", in " + frame.name + '\n';
        if (const std::string line = source_line(frame.filename, frame.lineno); !line.empty())
            text += "    " + line + '\n';
    }
    return text;
}

std::vector<FrameSummary> stack_of(TaskCore& task, const std::source_location& where) {
    std::vector<FrameSummary> frames;
    if (task.done()) {
        if (const auto* left = task.frames_left()) frames = *left;
        return frames;
    }
    const PromiseBase* promise = task.started() ? task.top() : task.root();
    for (; promise; promise = promise->parent()) frames.push_back(frame_of(*promise));
    if (where.line() != 0 && task.loop()->current_task() == &task) {
        FrameSummary& innermost = frames.front();
        if (innermost.filename == where.file_name()) innermost.lineno = static_cast<int>(where.line());
    }
    std::ranges::reverse(frames);
    return frames;
}

std::string describe(const std::exception_ptr& exception) {
    const std::string text = to_string(exception);
    const auto colon = text.find(": ");
    return colon == std::string::npos ? text + "()" : text.substr(0, colon) + "('" + text.substr(colon + 2) + "')";
}

std::string describe(FutureCore& future) {
    return describe_within(future, 0);
}

std::string describe(const HandleNode& handle) {
    std::string text = handle.is_timer() ? "<TimerHandle" : "<Handle";
    if (handle.cancelled()) text += " cancelled";
    if (handle.is_timer()) {
        char when[40];
        const std::chrono::duration<double> seconds = handle.when.time_since_epoch();
        std::snprintf(when, sizeof when, " when=%.9g", seconds.count());
        text += when;
    }
    if (!handle.cancelled()) text += ' ' + handle.function_name() + "()";
    if (const auto made = creation_of(&handle); !made.empty()) text += " created at " + place(made.back());
    return text + '>';
}

namespace {
/// One for the process: a handle may outlive its loop.
struct Creations {
    std::mutex mutex;
    std::unordered_map<const void*, std::vector<FrameSummary>> frames;
};
Creations& creations() {
    static Creations* const all = new Creations;  // never destroyed: objects of static duration come after
    return *all;
}
}  // namespace

void note_creation(EventLoop& loop, const void* object, const std::source_location& where) {
    std::vector<FrameSummary> frames;
    if (TaskCore* const task = loop.current_task()) frames = stack_of(*task, where);
    if (frames.empty() && where.line() != 0)
        frames.push_back(
            {where.function_name(), where.file_name(), static_cast<int>(where.line()), FrameSummary::Kind::function});
    const std::scoped_lock lock(creations().mutex);
    creations().frames.insert_or_assign(object, std::move(frames));
}

void forget_creation(const void* object) noexcept {
    const std::scoped_lock lock(creations().mutex);
    creations().frames.erase(object);
}

std::vector<FrameSummary> creation_of(const void* object) {
    const std::scoped_lock lock(creations().mutex);
    const auto found = creations().frames.find(object);
    return found == creations().frames.end() ? std::vector<FrameSummary>() : found->second;
}

std::vector<FrameSummary> get_task_stack(TaskCore& task, int limit, const std::source_location& where) {
    std::vector<FrameSummary> frames = stack_of(task, where);
    const auto wanted = static_cast<std::size_t>(std::max(limit, 0));
    if (frames.size() <= wanted) return frames;
    // As Python: the newest of a stack, the oldest of a traceback.
    if (task.done())
        frames.resize(wanted);
    else
        frames.erase(frames.begin(), frames.end() - limit);
    return frames;
}

void print_task_stack(TaskCore& task, int limit, std::FILE* file, const std::source_location& where) {
    const auto frames = get_task_stack(task, limit, where);
    const bool failed = task.state() == FutureCore::State::failed;
    std::string text = frames.empty() ? "No stack for " : failed ? "Traceback for " : "Stack for ";
    text += describe(task);
    text += frames.empty() ? "\n" : " (most recent call last):\n";
    text += format_frames(frames);
    if (failed) text += to_string(task.peek_outcome()) + '\n';
    std::fputs(text.c_str(), file);
}

}  // namespace detail
}  // namespace asyncio
