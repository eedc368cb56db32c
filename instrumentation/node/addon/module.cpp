// SPDX-License-Identifier: MIT
// What awaitscope.js calls: the C ABI, with JavaScript's numbers. By Node's stable interface (N-API): one build is for
// all versions. Every function here is called on its environment's own thread.
#include <node_api.h>
#include <v8.h>

#include <array>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "instrumentation/node/addon/loop.hpp"

namespace awaitscope::node {
namespace {

/// What an environment has: the main thread, or a worker.
struct Environment {
    Loop* loop;
    std::vector<std::string> functions;  ///< by place: the function's name
};

/// A call's arguments, as numbers.
template <std::size_t Count>
class Arguments {
  public:
    Arguments(napi_env env, napi_callback_info info) : env_(env) {
        std::size_t count = Count;
        napi_get_cb_info(env, info, &count, values_.data(), nullptr, reinterpret_cast<void**>(&environment_));
        if (count < Count) std::fill(values_.begin() + static_cast<std::ptrdiff_t>(count), values_.end(), nullptr);
    }
    Environment& environment() const { return *environment_; }
    Loop& loop() const { return *environment_->loop; }
    napi_value value(std::size_t i) const { return values_[i]; }
    template <class T>
    T number(std::size_t i) const {
        std::int64_t number = 0;
        if (values_[i]) napi_get_value_int64(env_, values_[i], &number);
        return static_cast<T>(number);
    }
    awaitscope_id id(std::size_t i) const { return number<awaitscope_id>(i); }
    std::string text(std::size_t i) const {
        std::size_t size = 0;
        if (!values_[i] || napi_get_value_string_utf8(env_, values_[i], nullptr, 0, &size) != napi_ok) return {};
        std::string all(size, '\0');
        napi_get_value_string_utf8(env_, values_[i], all.data(), size + 1, &size);
        return all;
    }

  private:
    napi_env env_;
    std::array<napi_value, Count> values_{};
    Environment* environment_ = nullptr;
};

napi_value number(napi_env env, double value) {
    napi_value made = nullptr;
    napi_create_double(env, value, &made);
    return made;
}

std::string text_of(napi_env env, napi_value object, const char* property) {
    napi_value value = nullptr;
    std::size_t size = 0;
    if (napi_get_named_property(env, object, property, &value) != napi_ok ||
        napi_get_value_string_utf8(env, value, nullptr, 0, &size) != napi_ok) {
        napi_get_and_clear_last_exception(env, &value);
        return {};
    }
    std::string all(size, '\0');
    napi_get_value_string_utf8(env, value, all.data(), size + 1, &size);
    return all;
}

/// "TypeError: no such thing"
std::string error_text(napi_env env, napi_value error) {
    bool is_error = false;
    napi_is_error(env, error, &is_error);
    if (!is_error) return "rejected";
    const std::string name = text_of(env, error, "name"), message = text_of(env, error, "message");
    return message.empty() ? name : name + ": " + message;
}

// ── the functions ──────────────────────────────────────────────────────────────────────────────────────────────────

/// place(file, line, function)
napi_value place(napi_env env, napi_callback_info info) {
    const Arguments<3> in(env, info);
    const std::string function = in.text(2);
    const awaitscope_place made =
        awaitscope_intern_place(in.loop().emitter(), in.text(0).c_str(), in.number<unsigned>(1), function.c_str());
    auto& functions = in.environment().functions;
    if (functions.size() <= made) functions.resize(made + 1);
    functions[made] = function;
    return number(env, made);
}

/// taskCreated(id, definition, parent, number)
napi_value task_created(napi_env env, napi_callback_info info) {
    const Arguments<4> in(env, info);
    const auto definition = in.number<awaitscope_place>(1);
    const auto& functions = in.environment().functions;
    const std::string function = definition < functions.size() ? functions[definition] : std::string();
    in.loop().tasks().created(in.loop().emitter(), in.id(0), function + "-" + std::to_string(in.number<long>(3)),
                              definition, in.id(2));
    return nullptr;
}
/// taskRunning(id)
napi_value task_running(napi_env env, napi_callback_info info) {
    const Arguments<1> in(env, info);
    in.loop().tasks().running(in.loop().emitter(), in.id(0));
    return nullptr;
}
/// taskSuspended(id, on, object, where)
napi_value task_suspended(napi_env env, napi_callback_info info) {
    const Arguments<4> in(env, info);
    in.loop().tasks().suspended(in.loop().emitter(), in.id(0), in.number<enum awaitscope_wait>(1), in.id(2),
                                in.number<awaitscope_place>(3));
    return nullptr;
}
/// taskReady(id, by)
napi_value task_ready(napi_env env, napi_callback_info info) {
    const Arguments<2> in(env, info);
    in.loop().tasks().ready(in.loop().emitter(), in.id(0), in.id(1));
    return nullptr;
}
/// taskSettled(id, promise): as its promise is; without one it was collected and can never go on.
napi_value task_settled(napi_env env, napi_callback_info info) {
    const Arguments<2> in(env, info);
    awaitscope_emitter* const e = in.loop().emitter();
    TaskList& tasks = in.loop().tasks();
    if (!in.value(1)) {
        tasks.done(e, in.id(0), AWAITSCOPE_CANCELLED, nullptr);
        return nullptr;
    }
    // A napi_value is V8's handle; of a promise N-API does not tell the state.
    v8::Local<v8::Value> promise;
    const napi_value given = in.value(1);
    static_assert(sizeof promise == sizeof given);
    std::memcpy(static_cast<void*>(&promise), &given, sizeof given);
    if (promise.As<v8::Promise>()->State() != v8::Promise::kRejected) {
        tasks.done(e, in.id(0), AWAITSCOPE_FINISHED, nullptr);
        return nullptr;
    }
    const v8::Local<v8::Value> reason = promise.As<v8::Promise>()->Result();
    napi_value error = nullptr;
    std::memcpy(&error, static_cast<const void*>(&reason), sizeof error);
    tasks.done(e, in.id(0), AWAITSCOPE_FAILED, error_text(env, error).c_str());
    return nullptr;
}

/// callbackRun(handle, milliseconds)
napi_value callback_run(napi_env env, napi_callback_info info) {
    const Arguments<2> in(env, info);
    double took_ms = 0;
    napi_get_value_double(env, in.value(1), &took_ms);
    awaitscope_callback_run(in.loop().emitter(), in.loop().number(), in.id(0),
                            static_cast<std::uint64_t>(took_ms * 1e6));
    return nullptr;
}
/// turn(): something runs now, so that the poll has ended.
napi_value turn(napi_env env, napi_callback_info info) {
    const Arguments<1> in(env, info);
    in.loop().emitter();
    return nullptr;
}

/// timerSet(task, handle, milliseconds from now, timers that are set)
napi_value timer_set(napi_env env, napi_callback_info info) {
    const Arguments<4> in(env, info);
    in.loop().count_timers(in.number<std::uint32_t>(3));
    awaitscope_timer_set(in.loop().emitter(), in.loop().number(), in.id(0), in.id(1),
                         static_cast<std::int64_t>(uv_hrtime()) + in.number<std::int64_t>(2) * 1'000'000);
    return nullptr;
}
/// timerEnded(task, handle, fired, timers that are set)
napi_value timer_ended(napi_env env, napi_callback_info info) {
    const Arguments<4> in(env, info);
    awaitscope_emitter* const e = in.loop().emitter();
    in.loop().count_timers(in.number<std::uint32_t>(3));
    if (in.number<int>(2))
        awaitscope_timer_fired(e, in.loop().number(), in.id(1));
    else
        awaitscope_timer_cancelled(e, in.loop().number(), in.id(0), in.id(1));
    return nullptr;
}

/// moved(task, fd, bytes, is a write)
napi_value moved(napi_env env, napi_callback_info info) {
    const Arguments<4> in(env, info);
    const auto tell = in.number<int>(3) ? awaitscope_io_write : awaitscope_io_read;
    tell(in.loop().emitter(), in.loop().number(), in.id(0), in.number<int>(1), in.number<std::uint64_t>(2));
    return nullptr;
}
/// connection(task, fd, peer): without a peer, it is lost
napi_value connection(napi_env env, napi_callback_info info) {
    const Arguments<3> in(env, info);
    awaitscope_emitter* const e = in.loop().emitter();
    const int fd = in.number<int>(1);
    if (!in.value(2)) {
        awaitscope_connection_lost(e, in.loop().number(), in.id(0), fd);
        return nullptr;
    }
    awaitscope_connection_made(e, in.loop().number(), in.id(0), fd, in.text(2).c_str());
    awaitscope_io_wait(e, in.loop().number(), in.id(0), fd, AWAITSCOPE_READ);  // libuv does, from now on
    return nullptr;
}
/// job(task, id, is done)
napi_value job(napi_env env, napi_callback_info info) {
    const Arguments<3> in(env, info);
    awaitscope_emitter* const e = in.loop().emitter();
    if (in.number<int>(2))
        awaitscope_thread_done(e, in.loop().number(), in.id(1), 0);
    else
        awaitscope_thread_submitted(e, in.loop().number(), in.id(0), in.id(1));
    return nullptr;
}

/// Gives the functions; none where nothing is shared.
napi_value start(napi_env env, napi_value exports) {
    uv_loop_t* loop = nullptr;
    awaitscope_enable_from_environment();
    if (!awaitscope_enabled() || napi_get_uv_event_loop(env, &loop) != napi_ok) return exports;
    auto* const environment = new Environment{new Loop(loop), {}};
    napi_add_env_cleanup_hook(
        env,
        [](void* data) {
            auto* const ended = static_cast<Environment*>(data);
            ended->loop->close();
            delete ended;
        },
        environment);
    const std::pair<const char*, napi_callback> functions[] = {{"place", place},
                                                               {"taskCreated", task_created},
                                                               {"taskRunning", task_running},
                                                               {"taskSuspended", task_suspended},
                                                               {"taskReady", task_ready},
                                                               {"taskSettled", task_settled},
                                                               {"callbackRun", callback_run},
                                                               {"turn", turn},
                                                               {"timerSet", timer_set},
                                                               {"timerEnded", timer_ended},
                                                               {"moved", moved},
                                                               {"connection", connection},
                                                               {"job", job}};
    for (const auto& [name, callback] : functions) {
        napi_value function = nullptr;
        napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, environment, &function);
        napi_set_named_property(env, exports, name, function);
    }
    return exports;
}

}  // namespace
}  // namespace awaitscope::node

NAPI_MODULE_INIT() {
    return awaitscope::node::start(env, exports);
}
