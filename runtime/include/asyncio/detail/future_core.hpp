// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

#include "asyncio/detail/intrusive_list.hpp"
#include "asyncio/detail/ready_queue.hpp"
#include "asyncio/detail/wait.hpp"

namespace asyncio {
class EventLoop;
}

namespace asyncio::detail {

class FutureCore;

/// Runs once its future is done, as a handle of its own in the next turn. A TaskCore is one: its step.
class DoneNode : public ReadyNode, public ListHook<DoneNode> {
  public:
    /// The future is done: goes to the ready queue. A node that needs the future until it has run takes a reference.
    virtual void schedule(FutureCore& future);
    /// The future goes away undone: give up what is held.
    virtual void orphaned() noexcept {}
    /// The id by which remove_done_callback knows it; 0: none.
    virtual std::uint64_t callback_id() const { return 0; }
    /// Appends the ids of the tasks that wait for the future through this (for call graphs).
    virtual void add_awaiters(std::vector<std::uint64_t>&) const {}

  protected:
    ~DoneNode() = default;
};

/// A future without its value's type: state, callbacks, count of handles. CPython's futures.py, rule for rule.
/// The handles' count is not atomic: a future belongs to its loop's thread.
class FutureCore : public Suspender {
  public:
    enum class State : std::uint8_t { pending, finished, cancelled, failed };

    FutureCore(EventLoop* loop, WaitKind kind, void* value);
    FutureCore(const FutureCore&) = delete;
    FutureCore& operator=(const FutureCore&) = delete;

    bool done() const { return state_ != State::pending; }
    State state() const { return state_; }
    EventLoop* loop() const { return loop_; }
    void* value() const { return value_; }
    WaitKind kind() const { return kind_; }
    std::uint64_t id() const { return id_; }
    void set_id(std::uint64_t id) { id_ = id; }
    virtual TaskCore* as_task() { return nullptr; }
    FutureCore* as_future() override { return this; }
    /// The ids of the tasks that wait for it, in the order in which they came; one may stand there twice.
    std::vector<std::uint64_t> awaiters() const;
    /// Debug mode: keeps where it was made (note_creation) until it goes.
    void keep_creation(const std::source_location& where);

    /// False when done already. A task passes it on to what it waits for.
    virtual bool cancel(const std::string& message);
    bool cancel_wait(const std::string& message) override { return cancel(message); }
    void detach(TaskCore& task) noexcept override;

    /// Throws what result() throws: InvalidStateError while pending, CancelledError, or the exception. Nothing if
    /// finished.
    void rethrow_unless_finished();
    /// exception(): nullptr when finished; throws while pending and when cancelled.
    std::exception_ptr exception();
    /// The exception or the cancellation as an exception, for as_result and gather; nullptr when finished.
    /// Precondition: done.
    std::exception_ptr outcome();
    /// A CancelledError with the message of the cancel() that ended this future; none for a task, whose message went
    /// with the CancelledError that was thrown into it. Precondition: cancelled.
    std::exception_ptr cancellation() const;
    /// As exception(), but neither throws nor counts as taking it; a CancelledError when cancelled.
    std::exception_ptr peek_outcome() const;

    /// The value has been stored. Schedules the callbacks.
    void finish() { complete(State::finished); }
    void fail(std::exception_ptr exception);
    void finish_cancelled(const std::string& message);
    /// Throws InvalidStateError when done already.
    void require_pending() const;
    void set_exception_checked(std::exception_ptr exception);

    /// Puts the node behind the others; straight into the ready queue when done.
    void add_done_node(DoneNode* node);
    void remove_done_node(DoneNode* node) { nodes_.remove(node); }
    /// Removes every callback of this id that has not been scheduled; gives how many.
    std::size_t remove_done_callback(std::uint64_t callback_id);
    std::uint64_t next_callback_id() { return ++callback_ids_; }

    void add_ref() { ++refs_; }
    void release() {
        if (--refs_ == 0) dispose();
    }
    std::uint32_t refs() const { return refs_; }
    /// The exception will be reported by somebody else.
    void mark_retrieved() { exception_retrieved_ = true; }

  protected:
    ~FutureCore();
    /// The last handle is gone: destroy and free.
    virtual void dispose() = 0;
    void complete(State state);
    /// To be called by dispose(): reports an exception that nobody took, and lets callbacks go. False when the report's
    /// reader has kept a handle: the future lives on.
    bool may_be_destroyed() noexcept;

    EventLoop* loop_;
    void* value_;
    IntrusiveList<DoneNode> nodes_;
    std::exception_ptr exception_;
    std::unique_ptr<std::string> cancel_message_;
    std::uint64_t id_ = 0;
    std::uint64_t callback_ids_ = 0;
    std::uint32_t refs_ = 1;
    State state_ = State::pending;
    WaitKind kind_;
    bool exception_retrieved_ = true;
    bool destruction_reported_ = false;
    bool creation_kept_ = false;
};

/// A counted reference.
template <class Core>
class CoreRef {
  public:
    CoreRef() = default;
    /// Takes over a reference that was counted already.
    static CoreRef adopt(Core* core) {
        CoreRef ref;
        ref.core_ = core;
        return ref;
    }
    static CoreRef share(Core* core) {
        if (core) core->add_ref();
        return adopt(core);
    }
    CoreRef(const CoreRef& other) : core_(other.core_) {
        if (core_) core_->add_ref();
    }
    CoreRef(CoreRef&& other) noexcept : core_(other.core_) { other.core_ = nullptr; }
    CoreRef& operator=(CoreRef other) noexcept {
        std::swap(core_, other.core_);
        return *this;
    }
    ~CoreRef() {
        if (core_) core_->release();
    }
    Core* get() const { return core_; }
    Core* operator->() const { return core_; }
    explicit operator bool() const { return core_ != nullptr; }
    Core* detach() { return std::exchange(core_, nullptr); }

  private:
    Core* core_ = nullptr;
};
using FutureRef = CoreRef<FutureCore>;

}  // namespace asyncio::detail
