// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace asyncio::detail {

/// What can stand in the ready queue: a task whose step is due, a done callback, a handle. Links are inside the thing
/// itself, so queueing allocates nothing; it stands in one list at a time.
class ReadyNode {
  public:
    ReadyNode() = default;
    ReadyNode(const ReadyNode&) = delete;
    ReadyNode& operator=(const ReadyNode&) = delete;

    /// Its turn has come. Only KeyboardInterrupt and SystemExit may leave.
    virtual void run() = 0;
    /// The loop was closed first: give up what is held, run nothing.
    virtual void drop() noexcept = 0;

    ReadyNode* next_ready = nullptr;

  protected:
    ~ReadyNode() = default;
};

/// First in, first out.
class ReadyQueue {
  public:
    bool empty() const { return !head_; }
    std::size_t size() const { return size_; }

    void push(ReadyNode* node) {
        node->next_ready = nullptr;
        if (tail_)
            tail_->next_ready = node;
        else
            head_ = node;
        tail_ = node;
        ++size_;
    }

    /// Precondition: not empty.
    ReadyNode* pop() {
        ReadyNode* node = head_;
        head_ = node->next_ready;
        if (!head_) tail_ = nullptr;
        --size_;
        return node;
    }

  private:
    ReadyNode* head_ = nullptr;
    ReadyNode* tail_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace asyncio::detail
