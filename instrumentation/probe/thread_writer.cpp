// SPDX-License-Identifier: MIT
#include <pthread.h>

#include "instrumentation/probe/session.hpp"

namespace awaitscope::probe {
namespace {

/// What one thread holds. Trivially destructible: it is there in every destructor that runs at the thread's end.
struct ThreadState {
    Emitter* emitter = nullptr;
    Session* session = nullptr;  ///< whose emitter it is
    bool refused = false;        ///< there was no ring for this thread; it does not ask again
    Id next_id = 0;
    Id ids_end = 0;
};
constinit thread_local ThreadState this_thread;

constinit std::atomic<Id> ids_taken{0};
constinit std::atomic<std::uint16_t> loops_numbered{0};

/// A key's destructor rather than a thread_local's: it runs after those of all thread_local objects, so these can
/// still emit, and it does not run for the main thread at exit(), so static destructors can, too.
void give_back_at_thread_end(void* session) {
    const std::lock_guard lock{Session::mutex()};
    if (this_thread.emitter && this_thread.session == session) this_thread.session->give_back(*this_thread.emitter);
    this_thread.emitter = nullptr;
}

pthread_key_t end_of_thread_key() {
    static const pthread_key_t key = [] {
        pthread_key_t made{};
        pthread_key_create(&made, give_back_at_thread_end);
        return made;
    }();
    return key;
}

[[gnu::noinline]] Emitter* make_emitter() noexcept {
    if (this_thread.refused) return nullptr;
    Session* session = Session::start({}, false);
    if (!session) return nullptr;
    try {
        const std::lock_guard lock{Session::mutex()};
        this_thread.emitter = session->take_emitter();
    } catch (...) {  // no memory for a message
    }
    this_thread.session = session;
    this_thread.refused = this_thread.emitter == nullptr;
    if (this_thread.emitter) pthread_setspecific(end_of_thread_key(), session);
    return this_thread.emitter;
}

}  // namespace

Emitter* this_thread_emitter() noexcept {
    if (this_thread.emitter) [[likely]]
        return this_thread.emitter;
    return make_emitter();
}

void forget_this_thread() noexcept {
    this_thread.emitter = nullptr;
    this_thread.session = nullptr;
    this_thread.refused = false;
}

Id next_id() noexcept {
    constexpr Id block = 256;
    if (this_thread.next_id == this_thread.ids_end) [[unlikely]] {
        this_thread.next_id = ids_taken.fetch_add(block, std::memory_order_relaxed) + 1;
        this_thread.ids_end = this_thread.next_id + block;
    }
    return this_thread.next_id++;
}

std::uint16_t next_loop_number() noexcept {
    return static_cast<std::uint16_t>(loops_numbered.fetch_add(1, std::memory_order_relaxed) + 1);
}

}  // namespace awaitscope::probe
