// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "asyncio/errors.hpp"

namespace asyncio {

namespace detail {

/// The context variables of a task: an immutable map, replaced whole when one is set, so that a task's copy of its
/// creator's context is a pointer. Counted atomically: to_thread() takes one to another thread.
class ContextMap;
void add_ref(ContextMap* map) noexcept;
void release(ContextMap* map) noexcept;

/// A reference to a map; null is the empty one.
class ContextRef {
  public:
    constexpr ContextRef() = default;
    ContextRef(const ContextRef& other) noexcept : map_(other.map_) {
        if (map_) add_ref(map_);
    }
    ContextRef(ContextRef&& other) noexcept : map_(std::exchange(other.map_, nullptr)) {}
    ContextRef& operator=(ContextRef other) noexcept {
        std::swap(map_, other.map_);
        return *this;
    }
    ~ContextRef() {
        if (map_) release(map_);
    }
    static ContextRef adopt(ContextMap* map) {
        ContextRef ref;
        ref.map_ = map;
        return ref;
    }
    ContextMap* get() const { return map_; }

  private:
    ContextMap* map_ = nullptr;
};

/// The context that something runs in: a task's own, a callback's. What is set while it runs goes there. Null: the
/// thread's own.
extern thread_local constinit ContextRef* current_context;
ContextRef& context_of_thread();

/// A copy of the current context, to run something in later.
inline ContextRef copy_context() noexcept {
    return current_context ? *current_context : context_of_thread();
}

/// Makes a context the current one until its end.
class ContextScope {
  public:
    explicit ContextScope(ContextRef& context) : outer_(std::exchange(current_context, &context)) {}
    ~ContextScope() { current_context = outer_; }
    ContextScope(const ContextScope&) = delete;
    ContextScope& operator=(const ContextScope&) = delete;

  private:
    ContextRef* outer_;
};

/// The value of a variable in the current context; null when it is not set.
std::shared_ptr<void> context_get(const void* variable);
void context_set(const void* variable, std::shared_ptr<void> value);

}  // namespace detail

/// Python's ContextVar: each task has its own value, and begins with its creator's. Make it a global; it must outlive
/// what uses it.
template <class T>
class ContextVar {
  public:
    /// What set() has replaced.
    class Token {
      public:
        /// The variable's value before, or nullptr when it had none.
        const T* old_value() const { return static_cast<const T*>(old_.get()); }

      private:
        friend ContextVar;
        Token(const ContextVar* variable, std::shared_ptr<void> old) : variable_(variable), old_(std::move(old)) {}
        const ContextVar* variable_;
        const detail::ContextRef* context_ = detail::current_context;
        std::shared_ptr<void> old_;
        bool used_ = false;
    };

    explicit ContextVar(std::string name) : name_(std::move(name)) {}
    ContextVar(std::string name, T default_value)
        : name_(std::move(name)), default_(std::make_shared<T>(std::move(default_value))) {}
    ContextVar(const ContextVar&) = delete;
    ContextVar& operator=(const ContextVar&) = delete;

    const std::string& name() const { return name_; }
    /// Its value in the current context, or its default. LookupError (a ValueError here) when it has neither.
    T get() const {
        if (auto value = detail::context_get(this)) return *static_cast<T*>(value.get());
        if (default_) return *default_;
        throw ValueError("LookupError: context variable '" + name_ + "' is not set");
    }
    T get(T fallback) const {
        if (auto value = detail::context_get(this)) return *static_cast<T*>(value.get());
        return fallback;
    }
    Token set(T value) {
        Token token(this, detail::context_get(this));
        detail::context_set(this, std::make_shared<T>(std::move(value)));
        return token;
    }
    /// Brings back what was before the set() that gave the token. RuntimeError a second time, ValueError for another
    /// variable's token, or in a task or callback other than the one that set it.
    void reset(Token& token) {
        if (token.used_) throw RuntimeError("Token has already been used once");
        if (token.variable_ != this) throw ValueError("Token was created by a different ContextVar");
        if (token.context_ != detail::current_context) throw ValueError("Token was created in a different Context");
        token.used_ = true;
        detail::context_set(this, token.old_);
    }
    void reset(Token&& token) { reset(token); }

  private:
    std::string name_;
    std::shared_ptr<T> default_;
};

}  // namespace asyncio
