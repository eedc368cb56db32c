// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

#include "asyncio/event.hpp"

namespace asyncio::detail {

/// A queue without its items: who waits, how many are unfinished, whether it is shut down. CPython's queues.py.
class QueueCore {
  public:
    QueueCore(const QueueCore&) = delete;
    QueueCore& operator=(const QueueCore&) = delete;

    /// Items in it.
    std::size_t qsize() const { return size_; }
    bool empty() const { return size_ == 0; }
    /// Never true without a bound.
    bool full() const { return maxsize_ > 0 && size_ >= static_cast<std::size_t>(maxsize_); }
    /// 0 or less: no bound.
    int maxsize() const { return maxsize_; }

    /// An item taken before is finished. ValueError when called more often than items were put.
    void task_done();
    /// Waits until every item that was put has been reported by task_done().
    Coroutine<> join();

  protected:
    friend class QueueWait;
    QueueCore(int maxsize, std::string_view name) : maxsize_(maxsize), primitive_(name) { finished_.set(); }
    ~QueueCore() = default;

    bool is_shut_down() const { return shut_down_; }
    void require_room() const {
        if (shut_down_ || full()) [[unlikely]]
            refuse_put();
    }
    void require_item() const {
        if (empty()) [[unlikely]]
            refuse_get();
    }
    void item_put() {
        ++size_;
        ++unfinished_;
        finished_.clear();
        primitive_.put(size_, bound());
        if (!getters_.empty()) wake_next(getters_);
    }
    void item_taken() {
        --size_;
        primitive_.got(size_, bound());
        if (!putters_.empty()) wake_next(putters_);
    }
    /// One item was thrown away by shutdown(immediate).
    void item_dropped();
    void shut_down(bool immediate);

  private:
    [[noreturn]] void refuse_put() const;
    [[noreturn]] void refuse_get() const;
    std::size_t bound() const { return maxsize_ > 0 ? static_cast<std::size_t>(maxsize_) : 0; }
    void wake_next(WaitLine& line);
    void wake_all(WaitLine& line);

    std::size_t size_ = 0;
    int maxsize_;
    bool shut_down_ = false;
    std::size_t unfinished_ = 0;
    WaitLine getters_;
    WaitLine putters_;
    WaitLine called_;  ///< woken, and not yet run
    Event finished_;
    Primitive primitive_{};
};

/// A getter in line for an item, or a putter for room. Woken it owns nothing: when somebody was quicker it goes to the
/// end of the line again, without its coroutine running.
class QueueWait : public Waiter {
  public:
    bool wait_is_over() override;

  protected:
    QueueWait(QueueCore& queue, bool for_item) : queue_(queue), for_item_(for_item) { may_hang_again = true; }
    bool can_go_on() const { return queue_.is_shut_down() || !(for_item_ ? queue_.empty() : queue_.full()); }
    void begin(PromiseBase& at);
    void end() {
        if (waited_) end_wait();
    }

  private:
    void line_up();
    void end_wait();
    WaitLine& line() const { return for_item_ ? queue_.getters_ : queue_.putters_; }

    QueueCore& queue_;
    PromiseBase* at_ = nullptr;
    bool for_item_;
    bool waited_ = false;
    bool queue_lives_ = true;
};

}  // namespace asyncio::detail
