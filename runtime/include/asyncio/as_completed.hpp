// SPDX-License-Identifier: MIT
#pragma once

#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "asyncio/errors.hpp"
#include "asyncio/queue.hpp"
#include "asyncio/wait.hpp"

namespace asyncio {

namespace detail {

/// CPython's _AsCompletedIterator: what is done goes through a queue, in order of completion.
template <class F, class T>
class Completions : public std::enable_shared_from_this<Completions<F, T>> {
  public:
    void begin(std::vector<F> futures, std::optional<LoopClock::duration> limit) {
        left_ = futures.size();
        if (futures.empty()) return;
        if (limit)
            timer_ =
                futures.front().get_loop().call_later(*limit, [self = this->shared_from_this()] { self->expire(); });
        todo_ = std::move(futures);
        for (std::size_t i = 0; i < todo_.size(); ++i)
            callbacks_.push_back(AnyFuture(todo_[i]).add_done_callback(
                [self = this->shared_from_this(), i](const AnyFuture&) { self->complete(i); }));
    }
    std::size_t count() const { return left_; }
    static Coroutine<T> next(std::shared_ptr<Completions> self) {
        std::optional<F> done = co_await self->done_.get();
        if (!done) throw TimeoutError();
        co_return co_await std::move(*done);
    }

  private:
    void complete(std::size_t index) {
        if (expired_) return;
        done_.put_nowait(std::move(todo_[index]));
        todo_[index] = F();
        if (++completed_ == todo_.size()) timer_.cancel();
    }
    void expire() {
        expired_ = true;
        for (std::size_t i = 0; i < todo_.size(); ++i) {
            if (!todo_[i]) continue;
            todo_[i].remove_done_callback(callbacks_[i]);
            done_.put_nowait(std::nullopt);
        }
        todo_.clear();
    }
    Queue<std::optional<F>> done_;
    std::vector<F> todo_;  ///< empty handles for those that are done
    std::vector<std::uint64_t> callbacks_;
    TimerHandle timer_;
    std::size_t completed_ = 0;
    bool expired_ = false;
    std::size_t left_ = 0;
};

}  // namespace detail

/// One of as_completed(): `co_await` it for the result of whichever is done next, or its exception, or TimeoutError.
template <class F, class T>
class NextCompleted {
  public:
    explicit NextCompleted(std::shared_ptr<detail::Completions<F, T>> completions)
        : completions_(std::move(completions)) {}
    Coroutine<T> operator co_await() const { return detail::Completions<F, T>::next(completions_); }

  private:
    std::shared_ptr<detail::Completions<F, T>> completions_;
};

/// What as_completed() gives: a range, one element for each awaitable.
template <class F, class T>
class AsCompleted {
  public:
    class iterator {
      public:
        using value_type = NextCompleted<F, T>;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = value_type;
        using iterator_category = std::input_iterator_tag;
        iterator(const AsCompleted* range, std::size_t index) : range_(range), index_(index) {}
        value_type operator*() const { return value_type(range_->completions_); }
        iterator& operator++() {
            ++index_;
            return *this;
        }
        void operator++(int) { ++index_; }
        friend bool operator==(const iterator& a, const iterator& b) { return a.index_ == b.index_; }

      private:
        const AsCompleted* range_;
        std::size_t index_;
    };

    explicit AsCompleted(std::shared_ptr<detail::Completions<F, T>> completions)
        : completions_(std::move(completions)), count_(completions_->count()) {}
    iterator begin() const { return iterator(this, 0); }
    iterator end() const { return iterator(this, count_); }
    std::size_t size() const { return count_; }

  private:
    std::shared_ptr<detail::Completions<F, T>> completions_;
    std::size_t count_;
};

namespace detail {
template <class A>
auto as_completed_any(std::vector<A> awaitables, std::optional<LoopClock::duration> limit) {
    using F = decltype(ensure_future(std::declval<A>()));
    using T = await_result_t<A>;
    std::vector<F> futures;
    for (A& awaitable : awaitables) futures.push_back(ensure_future(std::move(awaitable)));
    auto completions = std::make_shared<Completions<F, T>>();
    completions->begin(without_repeats(std::move(futures)), limit);
    return AsCompleted<F, T>(std::move(completions));
}
}  // namespace detail

/// `for (auto next : as_completed(std::move(aws))) auto r = co_await next;`: results in order of completion. With a
/// limit, what is not done by then gives TimeoutError.
template <detail::Awaitable A>
auto as_completed(std::vector<A> awaitables) {
    return detail::as_completed_any(std::move(awaitables), std::nullopt);
}
template <detail::Awaitable A>
auto as_completed(std::vector<A> awaitables, std::nullopt_t) {
    return detail::as_completed_any(std::move(awaitables), std::nullopt);
}
template <detail::Awaitable A, class R, class P>
auto as_completed(std::vector<A> awaitables, std::optional<std::chrono::duration<R, P>> limit) {
    std::optional<LoopClock::duration> converted;
    if (limit) converted = detail::to_loop_duration(*limit);
    return detail::as_completed_any(std::move(awaitables), converted);
}
template <detail::Awaitable A, class R, class P>
auto as_completed(std::vector<A> awaitables, std::chrono::duration<R, P> limit) {
    return detail::as_completed_any(std::move(awaitables), detail::to_loop_duration(limit));
}

}  // namespace asyncio
