// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <utility>

#include "asyncio/context.hpp"
#include "asyncio/detail/ready_queue.hpp"
#include "asyncio/time.hpp"

namespace asyncio {

class EventLoop;

namespace detail {

/// What waits in the queue of timers until its time has come, and then goes to the ready queue.
class TimerNode : public ReadyNode {
  public:
    /// Where in the queue of timers it stands.
    enum class Place : std::uint8_t { none, near, bucket, far };
    bool is_set() const { return place != Place::none; }
    TimePoint when;
    std::uint64_t id = 0;
    std::uint32_t index = 0;
    Place place = Place::none;

  protected:
    ~TimerNode() = default;
};

/// A callback on its way: in the ready queue, the timer heap, or at a watched descriptor. Counted, since handles of it
/// may be kept; atomically, since call_soon_threadsafe gives one to another thread.
class HandleNode : public TimerNode {
  public:
    explicit HandleNode(EventLoop* loop) : loop_(loop), context_(copy_context()) {}

    void run() final;
    void drop() noexcept final {
        queued = false;
        release();
    }

    void cancel();
    bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }
    bool is_timer() const { return is_timer_; }
    void make_timer() { is_timer_ = true; }
    /// A watched descriptor's callback runs again and again, so it survives its run.
    void make_persistent() { persistent_ = true; }
    EventLoop* loop() const { return loop_; }
    /// The callback's name as far as C++ knows it: "<lambda>", a function object's type.
    std::string function_name() const;
    /// Debug mode: keeps where it was made until it goes.
    void keep_creation();

    void add_ref() { refs_.fetch_add(1, std::memory_order_relaxed); }
    void release() {
        if (refs_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
    }
    bool queued = false;

  protected:
    virtual ~HandleNode() {
        if (creation_kept_) [[unlikely]]
            forget_creation();
    }
    virtual void call() = 0;
    virtual const std::type_info& callback_type() const = 0;
    virtual void clear() noexcept = 0;

  private:
    void finish_run();
    void forget_creation() noexcept;

    EventLoop* loop_;
    ContextRef context_;
    std::atomic<std::uint32_t> refs_{1};
    std::atomic<bool> cancelled_{false};
    bool is_timer_ = false;
    bool persistent_ = false;
    bool running_ = false;
    bool creation_kept_ = false;
};

/// A callable and its arguments, called as often as need be.
template <class F, class... A>
class BoundCall {
  public:
    template <class G, class... B>
    explicit BoundCall(G&& function, B&&... arguments)
        : function_(std::forward<G>(function)), arguments_(std::forward<B>(arguments)...) {}
    void operator()() { std::apply(function_, arguments_); }

  private:
    F function_;
    std::tuple<A...> arguments_;
};
template <class F>
struct CallbackType {
    using type = F;
};
template <class F, class... A>
struct CallbackType<BoundCall<F, A...>> {
    using type = F;
};

template <class F>
class HandleOf final : public HandleNode {
  public:
    template <class G>
    HandleOf(EventLoop* loop, G&& function) : HandleNode(loop) {
        function_.emplace(std::forward<G>(function));
    }

  private:
    void call() override { (*function_)(); }
    void clear() noexcept override { function_.reset(); }
    const std::type_info& callback_type() const override { return typeid(typename CallbackType<F>::type); }
    std::optional<F> function_;
};

/// A callable and its arguments as one callable without arguments.
template <class F, class... A>
auto bind_call(F&& function, A&&... args) {
    if constexpr (sizeof...(A) == 0)
        return std::decay_t<F>(std::forward<F>(function));
    else
        return BoundCall<std::decay_t<F>, std::decay_t<A>...>(std::forward<F>(function), std::forward<A>(args)...);
}

}  // namespace detail

/// A callback that was scheduled. Copies are the same handle.
class Handle {
  public:
    Handle() = default;
    explicit Handle(detail::HandleNode* node) : node_(node) {
        if (node_) node_->add_ref();
    }
    Handle(const Handle& other) : Handle(other.node_) {}
    Handle(Handle&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
    Handle& operator=(Handle other) noexcept {
        std::swap(node_, other.node_);
        return *this;
    }
    ~Handle() {
        if (node_) node_->release();
    }

    /// The callback will not run. What it holds is let go of at once. Does nothing a second time, or after it has run.
    void cancel() {
        if (node_) node_->cancel();
    }
    bool cancelled() const { return node_ && node_->cancelled(); }
    // For the library's own parts.
    detail::HandleNode* node() const { return node_; }

  protected:
    detail::HandleNode* node_ = nullptr;
};

class TimerHandle : public Handle {
  public:
    using Handle::Handle;
    /// When the callback is due, on the loop's clock.
    TimePoint when() const { return node_ ? node_->when : TimePoint{}; }
};

}  // namespace asyncio
