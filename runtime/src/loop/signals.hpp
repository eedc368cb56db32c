// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <memory>

#include "asyncio/context.hpp"

namespace asyncio {
class EventLoop;
}

namespace asyncio::detail {

/// Who may be told of signals.
class SignalReceiver {
  public:
    /// Inside the signal's handler, in whatever thread that runs: only what is async-signal-safe. errno may be changed.
    virtual void signal_arrived(int number) noexcept = 0;

  protected:
    ~SignalReceiver() = default;
};

/// From now on `receiver` is told of the signal, and who was told before is not, until it is released. False, with
/// errno, when the signal cannot be caught. A second claim of the same receiver changes nothing.
bool claim_signal(int number, SignalReceiver& receiver);
/// Gives the signal back to the claim before; after the last one the disposition that was there before the first is
/// there again. When this returns, `receiver` is not called any more. Does nothing for one that has no claim.
void release_signal(int number, SignalReceiver& receiver) noexcept;
/// In a forked child: every claim is the parent's. Dispositions are as they were before.
void forget_signal_claims() noexcept;

bool in_main_thread();

/// A loop's signal handlers, and the signals that are on their way to it. CPython's self-pipe as a queue without locks:
/// as there, each arrival counts, and they come in order.
class LoopSignals final : public SignalReceiver {
  public:
    explicit LoopSignals(EventLoop& loop) : loop_(loop) {}
    ~LoopSignals();
    LoopSignals(const LoopSignals&) = delete;
    LoopSignals& operator=(const LoopSignals&) = delete;

    /// Throws what add_signal_handler() throws.
    void add(int number, std::function<void()> function);
    bool remove(int number);
    /// True once after signals have arrived: deliver() is due.
    bool take_pending() { return pending_.load(std::memory_order_relaxed) && pending_.exchange(false); }
    /// Queues the handler of each signal that has arrived.
    void deliver();

    void signal_arrived(int number) noexcept override;

  private:
    struct Handler {
        std::function<void()> function;
        ContextRef context;
    };
    static constexpr unsigned queue_size = 1024;

    EventLoop& loop_;
    std::map<int, std::shared_ptr<Handler>> handlers_;
    std::array<std::atomic<unsigned char>, queue_size> queue_{};  ///< 0: nothing there (yet)
    std::atomic<unsigned> written_{0};
    std::atomic<unsigned> read_{0};
    std::atomic<bool> pending_{false};
};

}  // namespace asyncio::detail
