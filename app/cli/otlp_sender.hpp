// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

namespace awaitscope::cli {

/// Posts requests to an OpenTelemetry collector (OTLP/HTTP, JSON) from a thread of its own, so that who reads the
/// events never waits for the network. What the collector cannot take now is tried again, later and later, for a
/// minute; what does not find room in the queue, or finds no collector, is dropped and counted.
class OtlpSender {
  public:
    /// Throws Failure when the address is not one of http:// or https://.
    explicit OtlpSender(std::string address);
    /// Gives up what is not sent yet.
    ~OtlpSender();
    OtlpSender(const OtlpSender&) = delete;
    OtlpSender& operator=(const OtlpSender&) = delete;

    /// Queues a request that holds so many spans. Never blocks.
    void send(std::string request, std::size_t spans);
    /// Waits until all that is queued is sent or dropped, `patience` at most.
    void finish(std::chrono::milliseconds patience);

    struct Figures {
        std::uint64_t sent = 0;     ///< spans that the collector took
        std::uint64_t dropped = 0;  ///< spans that it did not take, or not yet
        std::string trouble;        ///< why the last ones were dropped, or tried again
    };
    Figures figures() const;

    static constexpr std::size_t queued_max = 64;

  private:
    struct Request {
        std::string body;
        std::size_t spans = 0;
    };
    enum class Outcome { taken, refused, later };

    void work();
    /// One attempt; on `later`, `pause` may have become what the collector asked for.
    Outcome post(const Request& request, std::chrono::milliseconds& pause);
    /// Tries until it is settled. The lock is held on entry and on return.
    void deliver(const Request& request, std::unique_lock<std::mutex>& lock);

    const std::string address_;
    mutable std::mutex mutex_;  ///< of all below
    std::condition_variable changed_;
    std::deque<Request> queue_;
    std::size_t on_its_way_ = 0;  ///< spans of the request that is being delivered
    bool stop_ = false;
    Figures figures_;
    std::thread thread_;
};

}  // namespace awaitscope::cli
