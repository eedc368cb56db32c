// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "asyncio/future.hpp"

namespace asyncio::detail {

/// CPython's _GatheringFuture without the type of its value: counts children, ends with the first error, passes a
/// cancellation on. Each child's done callback is a handle of its own, so who awaits resumes two turns after the last.
class GatherCore {
  public:
    GatherCore(bool as_results, std::size_t count) : as_results_(as_results), children_(count) {}
    GatherCore(const GatherCore&) = delete;

    std::size_t count() const { return children_.size(); }
    FutureCore& child(std::size_t index) { return *children_[index].future.get(); }

    /// Registers at the children, in order; those that are done count at once.
    void begin(FutureCore& self, FutureRef* children);

  protected:
    ~GatherCore();
    bool cancel_children(const std::string& message);
    /// All children are done: builds the value. May throw what copying a result throws.
    virtual void collect() = 0;

  private:
    /// One child. A child that is a task holds the gather until it is done, as CPython's callback does; a plain future
    /// does not, for it may never be.
    struct Child final : DoneNode {
        GatherCore* owner = nullptr;
        FutureRef future;
        bool holds_owner = false;
        void hold_owner();
        void release_owner();
        void schedule(FutureCore& done) override;
        void run() override;
        void drop() noexcept override { release_owner(); }
        void orphaned() noexcept override { release_owner(); }
        void add_awaiters(std::vector<std::uint64_t>& ids) const override { owner->add_awaiters(ids); }
    };
    void child_done(FutureCore& child);
    void add_awaiters(std::vector<std::uint64_t>& ids) const;

    FutureCore* self_ = nullptr;
    std::size_t finished_ = 0;
    std::uint64_t creator_ = 0;  ///< the task that has made it
    bool as_results_;
    bool cancel_requested_ = false;
    std::vector<Child> children_;
};

template <class T>
class Gathering : public FutureState<T>, public GatherCore {
  public:
    using Value = T;
    Gathering(EventLoop* loop, bool as_results, std::size_t count)
        : FutureState<T>(loop, WaitKind::gather), GatherCore(as_results, count) {}

    bool cancel(const std::string& message) override { return !this->done() && this->cancel_children(message); }
};

template <class State>
auto finish_gather(std::unique_ptr<State> state, FutureRef* children) {
    register_future(*state);
    State* const core = state.release();
    using T = typename State::Value;
    Future<T> future(FutureRef::adopt(core));
    core->begin(*core, children);
    return future;
}

}  // namespace asyncio::detail
