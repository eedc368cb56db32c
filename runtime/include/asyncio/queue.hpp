// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "asyncio/detail/queue_core.hpp"
#include "asyncio/errors.hpp"

namespace asyncio {

namespace detail {

template <class Q>
class [[nodiscard("get() does nothing until it is awaited")]] QueueGet final
    : public OperationOf<typename Q::value_type>,
      public QueueWait {
  public:
    explicit QueueGet(Q & queue) : QueueWait(queue, true), queue_(&queue) {}
    bool await_ready() const {
        return this->can_go_on();
    }
    void suspend_at(PromiseBase & at) {
        this->begin(at);
    }
    typename Q::value_type await_resume() {
        this->end();
        return queue_->get_nowait();
    }
    operator Coroutine<typename Q::value_type>()&& {
        return get(*queue_);
    }

  private:
    static Coroutine<typename Q::value_type> get(Q & queue) {
        co_return co_await QueueGet(queue);
    }
    Q* queue_;
};

template <class Q>
class [[nodiscard("put() does nothing until it is awaited")]] QueuePut final : public OperationOf<void>,
                                                                               public QueueWait {
  public:
    template <class... A>
    explicit QueuePut(Q & queue, A && ... item)
        : QueueWait(queue, false), queue_(&queue), item_(std::forward<A>(item)...) {}
    bool await_ready() const {
        return this->can_go_on();
    }
    void suspend_at(PromiseBase & at) {
        this->begin(at);
    }
    void await_resume() {
        this->end();
        queue_->put_nowait(std::move(item_));
    }
    operator Coroutine<void>()&& {
        return put(*queue_, std::move(item_));
    }

  private:
    static Coroutine<void> put(Q & queue, typename Q::value_type item) {
        co_await QueuePut(queue, std::move(item));
    }
    Q* queue_;
    typename Q::value_type item_;
};

/// What the three queues share; `Items` decides which item comes next.
template <class T, class Items>
class BasicQueue : public QueueCore {
  public:
    using value_type = T;

    /// `maxsize` 0 or less: no bound. The name is shown by the viewer.
    explicit BasicQueue(int maxsize = 0, std::string_view name = {}) : QueueCore(maxsize, name) {}

    /// Waits while the queue is full. QueueShutDown once it is shut down.
    QueuePut<BasicQueue> put(T item) { return QueuePut<BasicQueue>(*this, std::move(item)); }
    /// put() of an item made from the arguments: safe where GCC 12 destroys an aggregate temporary twice.
    template <class... A>
    QueuePut<BasicQueue> emplace(A&&... arguments) {
        return QueuePut<BasicQueue>(*this, std::forward<A>(arguments)...);
    }
    /// Waits while the queue is empty. QueueShutDown once it is shut down and empty.
    QueueGet<BasicQueue> get() { return QueueGet<BasicQueue>(*this); }
    /// QueueFull, QueueShutDown.
    void put_nowait(T item) {
        require_room();
        items_.push(std::move(item));
        item_put();
    }
    /// QueueEmpty, QueueShutDown.
    T get_nowait() {
        require_item();
        T item = items_.pop();
        item_taken();
        return item;
    }
    /// No more puts; gets until it is empty. `immediate` empties it now, and counts its items as done.
    void shutdown(bool immediate = false) {
        while (immediate && !empty()) {
            items_.pop();
            item_dropped();
        }
        shut_down(immediate);
    }

  private:
    Items items_;
};

template <class T>
class FifoItems {
  public:
    void push(T item) { items_.push_back(std::move(item)); }
    T pop() {
        T item = std::move(items_.front());
        items_.pop_front();
        return item;
    }

  private:
    std::deque<T> items_;
};

template <class T>
class LifoItems {
  public:
    void push(T item) { items_.push_back(std::move(item)); }
    T pop() {
        T item = std::move(items_.back());
        items_.pop_back();
        return item;
    }

  private:
    std::vector<T> items_;
};

/// CPython's heapq, move for move, so that equal items leave in the same order as there.
template <class T, class Compare>
class HeapItems {
  public:
    void push(T item) {
        heap_.push_back(std::move(item));
        sift_down(0, heap_.size() - 1);
    }
    T pop() {
        T last = std::move(heap_.back());
        heap_.pop_back();
        if (heap_.empty()) return last;
        T first = std::exchange(heap_.front(), std::move(last));
        sift_up(0);
        return first;
    }

  private:
    void sift_down(std::size_t start, std::size_t position) {
        T item = std::move(heap_[position]);
        while (position > start) {
            const std::size_t parent = (position - 1) / 2;
            if (!less_(item, heap_[parent])) break;
            heap_[position] = std::move(heap_[parent]);
            position = parent;
        }
        heap_[position] = std::move(item);
    }
    void sift_up(std::size_t position) {
        const std::size_t start = position;
        T item = std::move(heap_[position]);
        for (std::size_t child = 2 * position + 1; child < heap_.size(); child = 2 * position + 1) {
            const std::size_t right = child + 1;
            if (right < heap_.size() && !less_(heap_[child], heap_[right])) child = right;
            heap_[position] = std::move(heap_[child]);
            position = child;
        }
        heap_[position] = std::move(item);
        sift_down(start, position);
    }
    std::vector<T> heap_;
    [[no_unique_address]] Compare less_;
};

}  // namespace detail

/// Python's Queue: first in, first out.
template <class T>
class Queue final : public detail::BasicQueue<T, detail::FifoItems<T>> {
    using detail::BasicQueue<T, detail::FifoItems<T>>::BasicQueue;
};

/// Last in, first out.
template <class T>
class LifoQueue final : public detail::BasicQueue<T, detail::LifoItems<T>> {
    using detail::BasicQueue<T, detail::LifoItems<T>>::BasicQueue;
};

/// Lowest first, by Compare.
template <class T, class Compare = std::less<T>>
class PriorityQueue final : public detail::BasicQueue<T, detail::HeapItems<T, Compare>> {
    using detail::BasicQueue<T, detail::HeapItems<T, Compare>>::BasicQueue;
};

}  // namespace asyncio
