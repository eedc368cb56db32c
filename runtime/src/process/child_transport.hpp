// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "asyncio/subprocess.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/process/child_watch.hpp"
#include "runtime/src/process/spawn.hpp"

namespace asyncio::detail {

/// CPython's BaseSubprocessTransport. The loop holds it while the child runs.
class ChildTransport final : public SubprocessTransport, public LoopResource {
  public:
    /// Starts the child, connects its pipes, and gives the transport in the turn in which connection_made() is called.
    static Coroutine<std::shared_ptr<ChildTransport>> start(EventLoop& loop,
                                                            std::shared_ptr<SubprocessProtocol> protocol,
                                                            SpawnRequest request);
    ChildTransport(EventLoop& loop, std::shared_ptr<SubprocessProtocol> protocol);
    ~ChildTransport() override;

    void close() override;
    bool is_closing() const override { return closed_; }
    /// "pid" gives an int.
    std::any get_extra_info(std::string_view key) const override;
    int get_pid() const override { return pid_; }
    std::optional<int> get_returncode() const override { return returncode_; }
    std::shared_ptr<Transport> get_pipe_transport(int fd) const override;
    void send_signal(int number) override;
    void set_protocol(std::shared_ptr<SubprocessProtocol> protocol) override { protocol_ = std::move(protocol); }
    std::shared_ptr<SubprocessProtocol> get_protocol() const override { return protocol_; }

    Coroutine<int> wait();
    EventLoop& loop() const { return loop_; }

    void loop_closes() noexcept override;

    /// What a pipe's protocol passes on.
    void pipe_data_received(int fd, std::string_view data);
    void pipe_connection_lost(int fd, std::exception_ptr exception);

  private:
    class PipeProtocol;
    std::shared_ptr<ChildTransport> self() { return {shared_from_this(), this}; }
    static Coroutine<> connect_pipes(std::shared_ptr<ChildTransport> self, Future<> waiter);
    void watch();
    void call(std::function<void()> callback);
    void exited(int code);
    void finish_if_all_is_over();
    void connection_lost();
    bool is_running() const { return pid_ > 0 && !returncode_; }

    EventLoop& loop_;
    std::shared_ptr<SubprocessProtocol> protocol_;
    pid_t pid_ = -1;
    std::optional<int> returncode_;
    std::shared_ptr<PipeProtocol> pipes_[3];
    Socket unconnected_[3];  ///< the parent's ends, until their transports take them
    std::unique_ptr<ChildWatch> watch_;
    std::vector<Future<int>> waiters_;
    /// What has happened before connection_made() could be called.
    std::optional<std::vector<std::function<void()>>> pending_calls_{std::in_place};
    std::shared_ptr<ChildTransport> held_by_loop_;  ///< itself, while the child runs
    bool has_pipe_[3] = {};
    bool closed_ = false;
    bool finished_ = false;
    bool gone_ = false;  ///< connection_lost() was called
};

}  // namespace asyncio::detail
