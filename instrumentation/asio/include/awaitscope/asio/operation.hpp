// SPDX-License-Identifier: MIT
#pragma once

#include <awaitscope/awaitscope.h>

#include <cstdint>

namespace awaitscope::asio {

enum class Operation : std::uint8_t {
    other,
    post,  ///< brought to an executor: post, dispatch, defer, execute
    timer,
    read,  ///< or accept, or wait
    write,
    connect,
    resolve,
    signal,
    channel_get,
    channel_put
};

/// By what Asio says of a new handler. Literals, where this is called: nothing of it is left to run.
[[gnu::always_inline]] inline Operation operation_of(const char* object, const char* name) {
    const auto begins = [](const char* text, const char* word) __attribute__((always_inline)) {
        return __builtin_strncmp(text, word, __builtin_strlen(word)) == 0;
    };
    if (begins(object, "deadline_timer")) return Operation::timer;
    if (begins(object, "resolver")) return Operation::resolve;
    if (begins(object, "signal_set")) return Operation::signal;
    if (begins(object, "channel")) return begins(name, "async_send") ? Operation::channel_put : Operation::channel_get;
    if (!begins(name, "async_")) return Operation::post;
    if (begins(name, "async_connect")) return Operation::connect;
    if (begins(name, "async_send") || begins(name, "async_write")) return Operation::write;
    return begins(object, "socket") || begins(object, "descriptor") ? Operation::read : Operation::other;
}

constexpr enum awaitscope_wait wait_of(Operation operation) {
    switch (operation) {
        case Operation::post:
            return AWAITSCOPE_WAIT_YIELD;
        case Operation::timer:
            return AWAITSCOPE_WAIT_SLEEP;
        case Operation::read:
        case Operation::write:
        case Operation::connect:
            return AWAITSCOPE_WAIT_IO;
        case Operation::resolve:
            return AWAITSCOPE_WAIT_THREAD;
        case Operation::signal:
            return AWAITSCOPE_WAIT_EVENT;
        case Operation::channel_get:
            return AWAITSCOPE_WAIT_QUEUE_GET;
        case Operation::channel_put:
            return AWAITSCOPE_WAIT_QUEUE_PUT;
        case Operation::other:
            break;
    }
    return AWAITSCOPE_WAIT_FUTURE;
}

constexpr bool is_io(Operation operation) {
    return operation == Operation::read || operation == Operation::write || operation == Operation::connect;
}

constexpr enum awaitscope_direction direction_of(Operation operation) {
    return operation == Operation::read ? AWAITSCOPE_READ : AWAITSCOPE_WRITE;
}

}  // namespace awaitscope::asio
