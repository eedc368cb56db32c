// SPDX-License-Identifier: MIT
#pragma once

namespace asyncio::detail {

/// A doubly linked list whose links are inside its elements: `struct X : ListHook<X>`. Owns nothing, allocates nothing.
/// An element may stand in one list of each hook type. `Tag` tells several hooks of one class apart.
template <class T, class Tag = void>
struct ListHook {
    T* next_in_list = nullptr;
    T* previous_in_list = nullptr;
    bool in_list = false;
};

template <class T, class Tag = void>
class IntrusiveList {
    using Hook = ListHook<T, Tag>;
    static Hook& hook(T* element) { return *element; }

  public:
    bool empty() const { return !head_; }
    T* front() const { return head_; }
    static T* next(T* element) { return hook(element).next_in_list; }

    void push_back(T* element) {
        Hook& h = hook(element);
        h.next_in_list = nullptr;
        h.previous_in_list = tail_;
        h.in_list = true;
        if (tail_)
            hook(tail_).next_in_list = element;
        else
            head_ = element;
        tail_ = element;
    }

    /// Does nothing for an element that stands in no list.
    void remove(T* element) {
        Hook& h = hook(element);
        if (!h.in_list) return;
        if (h.previous_in_list)
            hook(h.previous_in_list).next_in_list = h.next_in_list;
        else
            head_ = h.next_in_list;
        if (h.next_in_list)
            hook(h.next_in_list).previous_in_list = h.previous_in_list;
        else
            tail_ = h.previous_in_list;
        h.in_list = false;
    }

    /// Precondition: not empty.
    T* pop_front() {
        T* element = head_;
        remove(element);
        return element;
    }

  private:
    T* head_ = nullptr;
    T* tail_ = nullptr;
};

}  // namespace asyncio::detail
