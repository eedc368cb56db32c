// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <variant>

namespace asyncio::detail {

/// How a result of type T is kept: void as monostate, a reference as a pointer.
template <class T>
using Stored = std::conditional_t<std::is_void_v<T>, std::monostate,
                                  std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T>*, T>>;

/// A result among others (gather, Result): None is std::monostate.
template <class T>
using ValueOrNone = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

/// Room for one value; who uses it knows whether there is one.
template <class S>
class Slot {
  public:
    Slot() noexcept {}
    ~Slot() {}
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

    template <class... A>
    void construct(A&&... a) {
        std::construct_at(std::addressof(value_), std::forward<A>(a)...);
    }
    void destroy() { std::destroy_at(std::addressof(value_)); }
    S* address() { return std::addressof(value_); }

  private:
    union {
        S value_;
    };
};

/// What result() gives: const T&, T& for a reference, nothing for void.
template <class T>
decltype(auto) view_stored(void* slot) {
    if constexpr (std::is_void_v<T>)
        return;
    else if constexpr (std::is_reference_v<T>)
        return static_cast<T>(**static_cast<Stored<T>*>(slot));
    else
        return static_cast<const T&>(*static_cast<T*>(slot));
}

/// What co_await gives: a copy where others may still ask for the value, else the value itself.
template <class T>
T take_stored(void* slot, bool others_may_ask) {
    if constexpr (std::is_void_v<T>) {
        return;
    } else if constexpr (std::is_reference_v<T>) {
        return static_cast<T>(**static_cast<Stored<T>*>(slot));
    } else {
        T& value = *static_cast<T*>(slot);
        if constexpr (std::is_copy_constructible_v<T>) {
            if (others_may_ask) return value;
        }
        return std::move(value);
    }
}

}  // namespace asyncio::detail
