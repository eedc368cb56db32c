// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <time.h>

#include <algorithm>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <functional>
#include <utility>
#include <vector>

/// The floor: the least a coroutine loop can do and still schedule as asyncio does (a task begins in a later turn than
/// its creation, its end wakes who awaits it in a later turn than its end, hand-over is first in, first out). Waiters
/// stand inside the frames; the selector is not asked while anything is ready. Nothing can be cancelled, nothing
/// throws, nothing is told to anybody: a real runtime can come near it, not pass it.
namespace awaitscope::bench::floor {

struct Waiter {
    Waiter* next = nullptr;
    std::coroutine_handle<> coroutine;
};

/// First in, first out.
class Line {
  public:
    bool empty() const { return !first_; }
    void push(Waiter& waiter) {
        waiter.next = nullptr;
        *end_ = &waiter;
        end_ = &waiter.next;
    }
    Waiter& pop() {
        Waiter& waiter = *first_;
        first_ = waiter.next;
        if (!first_) end_ = &first_;
        return waiter;
    }

  private:
    Waiter* first_ = nullptr;
    Waiter** end_ = &first_;
};

inline std::int64_t now_ns() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * std::int64_t{1'000'000'000} + now.tv_nsec;
}

class Loop {
  public:
    void ready(Waiter& waiter) { ready_.push(waiter); }
    void at(std::int64_t when, Waiter& waiter) {
        timers_.push_back({when, &waiter});
        std::push_heap(timers_.begin(), timers_.end(), std::greater<>());
    }
    void run();

  private:
    struct Timer {
        std::int64_t when;
        Waiter* waiter;
        bool operator>(const Timer& other) const { return when > other.when; }
    };
    Line ready_;
    std::vector<Timer> timers_;
};

inline Loop* loop = nullptr;

/// A task: created ready; its value stays in its frame, which the handle owns.
class Task {
  public:
    struct promise_type : Waiter {
        Task get_return_object() {
            coroutine = std::coroutine_handle<promise_type>::from_promise(*this);
            loop->ready(*this);
            return Task(this);
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        struct End {
            bool await_ready() noexcept { return false; }
            void await_suspend(std::coroutine_handle<promise_type> ended) noexcept {
                promise_type& promise = ended.promise();
                promise.done = true;
                if (promise.awaiter && (!promise.others || --*promise.others == 0)) loop->ready(*promise.awaiter);
            }
            void await_resume() noexcept {}
        };
        End final_suspend() noexcept { return {}; }
        void return_value(long v) noexcept { value = v; }
        void unhandled_exception() { std::terminate(); }

        Waiter* awaiter = nullptr;
        long* others = nullptr;  ///< how many of a gather are not done
        long value = 0;
        bool done = false;
    };

    Task(Task&& other) noexcept : promise_(std::exchange(other.promise_, nullptr)) {}
    ~Task() {
        if (promise_) std::coroutine_handle<promise_type>::from_promise(*promise_).destroy();
    }
    promise_type& promise() const { return *promise_; }

    struct Await : Waiter {
        explicit Await(promise_type& p) : promise(p) {}
        bool await_ready() const noexcept { return promise.done; }
        void await_suspend(std::coroutine_handle<> c) noexcept {
            coroutine = c;
            promise.awaiter = this;
        }
        long await_resume() const noexcept { return promise.value; }
        promise_type& promise;
    };
    Await operator co_await() const noexcept { return Await(*promise_); }

  private:
    explicit Task(promise_type* promise) : promise_(promise) {}
    promise_type* promise_;
};

struct Yield : Waiter {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> c) noexcept {
        coroutine = c;
        loop->ready(*this);
    }
    void await_resume() const noexcept {}
};

struct Sleep : Waiter {
    explicit Sleep(std::int64_t ns) : delay(ns) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> c) {
        coroutine = c;
        loop->at(now_ns() + delay, *this);
    }
    void await_resume() const noexcept {}
    std::int64_t delay;
};

/// Waits until all the tasks are done.
struct All : Waiter {
    explicit All(std::vector<Task>& tasks) : left(static_cast<long>(tasks.size())) {
        for (Task& task : tasks) {
            task.promise().others = &left;
            task.promise().awaiter = this;
        }
    }
    bool await_ready() const noexcept { return left == 0; }
    void await_suspend(std::coroutine_handle<> c) noexcept { coroutine = c; }
    void await_resume() const noexcept {}
    long left;
};

class Lock {
  public:
    struct Acquire : Waiter {
        explicit Acquire(Lock& l) : lock(l) {}
        bool await_ready() const noexcept { return !std::exchange(lock.held_, true); }
        void await_suspend(std::coroutine_handle<> c) noexcept {
            coroutine = c;
            lock.waiting_.push(*this);
        }
        void await_resume() const noexcept {}
        Lock& lock;
    };
    Acquire acquire() { return Acquire(*this); }
    void release() {
        if (waiting_.empty())
            held_ = false;
        else
            loop->ready(waiting_.pop());  // handed over: it never was free
    }
    bool held() const { return held_; }

  private:
    Line waiting_;
    bool held_ = false;
};

/// One producer, one consumer.
template <long Size>
class Queue {
  public:
    struct Turn : Waiter {
        Turn(Queue& q, bool p) : queue(q), put(p) {}
        bool await_ready() const noexcept {
            return put ? queue.put_ - queue.taken_ < Size : queue.put_ != queue.taken_;
        }
        void await_suspend(std::coroutine_handle<> c) noexcept {
            coroutine = c;
            (put ? queue.putter_ : queue.getter_) = this;
        }
        void await_resume() const noexcept {}
        Queue& queue;
        bool put;
    };
    Turn room() { return Turn(*this, true); }
    Turn item() { return Turn(*this, false); }
    void put(long item) {
        items_[put_++ % Size] = item;
        if (Waiter* getter = std::exchange(getter_, nullptr)) loop->ready(*getter);
    }
    long take() {
        const long item = items_[taken_++ % Size];
        if (Waiter* putter = std::exchange(putter_, nullptr)) loop->ready(*putter);
        return item;
    }

  private:
    long items_[Size];
    long put_ = 0;
    long taken_ = 0;
    Waiter* getter_ = nullptr;
    Waiter* putter_ = nullptr;
};

}  // namespace awaitscope::bench::floor
