// SPDX-License-Identifier: MIT
// CPython's base_subprocess.py.
#include "runtime/src/process/child_transport.hpp"

#include <signal.h>
#include <sys/wait.h>

#include <cerrno>

#include "asyncio/errors.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio {

void SubprocessTransport::terminate() {
    send_signal(SIGTERM);
}
void SubprocessTransport::kill() {
    send_signal(SIGKILL);
}

namespace detail {

/// Between a pipe and the child it belongs to.
class ChildTransport::PipeProtocol final : public Protocol {
  public:
    PipeProtocol(std::shared_ptr<ChildTransport> child, int fd) : child_(std::move(child)), fd_(fd) {}

    void connection_made(std::shared_ptr<Transport> transport) override { pipe_ = std::move(transport); }
    void connection_lost(std::exception_ptr exception) override {
        disconnected_ = true;
        if (const auto child = std::exchange(child_, nullptr)) child->pipe_connection_lost(fd_, std::move(exception));
    }
    void data_received(std::string_view data) override {
        if (child_) child_->pipe_data_received(fd_, data);
    }
    void pause_writing() override {
        if (child_ && child_->protocol_) child_->protocol_->pause_writing();
    }
    void resume_writing() override {
        if (child_ && child_->protocol_) child_->protocol_->resume_writing();
    }

    const std::shared_ptr<Transport>& pipe() const { return pipe_; }
    bool disconnected() const { return disconnected_; }
    void forget() noexcept {
        pipe_ = nullptr;
        child_ = nullptr;
    }

  private:
    std::shared_ptr<ChildTransport> child_;
    std::shared_ptr<Transport> pipe_;
    int fd_;
    bool disconnected_ = false;
};

ChildTransport::ChildTransport(EventLoop& loop, std::shared_ptr<SubprocessProtocol> protocol)
    : loop_(loop), protocol_(std::move(protocol)) {
    loop_.impl().resources.push_back(this);
}

ChildTransport::~ChildTransport() {
    // The loop may be gone; then it has let go of this already.
    if (in_list) loop_.impl().resources.remove(this);
}

Coroutine<std::shared_ptr<ChildTransport>> ChildTransport::start(EventLoop& loop,
                                                                 std::shared_ptr<SubprocessProtocol> protocol,
                                                                 SpawnRequest request) {
    auto transport = std::make_shared<ChildTransport>(loop, std::move(protocol));
    Spawned spawned = spawn(request);
    transport->pid_ = spawned.pid;
    hooks::process_started(loop, spawned.pid);
    for (int fd = 0; fd < 3; ++fd) {
        transport->has_pipe_[fd] = static_cast<bool>(spawned.pipes[fd]);
        transport->unconnected_[fd] = std::move(spawned.pipes[fd]);
    }
    auto waiter = loop.create_future<>();
    // Before anything else may fail: a child that nobody waits for would stay a zombie.
    transport->watch();
    transport->held_by_loop_ = transport;
    loop.create_task(connect_pipes(transport, waiter));
    std::exception_ptr exception;
    try {
        co_await waiter;
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (const SystemExit&) {
        throw;
    } catch (...) {
        exception = std::current_exception();
    }
    if (exception) {
        transport->close();
        co_await transport->wait();
        std::rethrow_exception(exception);
    }
    co_return transport;
}

void ChildTransport::watch() {
    try {
        watch_ = std::make_unique<ChildWatch>(loop_, pid_, [this](int code) {
            hooks::process_exited(loop_, pid_, code);
            watch_ = nullptr;
            loop_.call_soon([self = std::exchange(held_by_loop_, nullptr), code] { self->exited(code); });
        });
    } catch (...) {
        ::kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
        throw;
    }
}

Coroutine<> ChildTransport::connect_pipes(std::shared_ptr<ChildTransport> self, Future<> waiter) {
    std::exception_ptr exception;
    try {
        for (int fd = 0; fd < 3; ++fd) {
            if (!self->has_pipe_[fd]) continue;
            const auto factory = [&self, fd] { return std::make_shared<PipeProtocol>(self, fd); };
            auto connecting = fd == 0 ? connect_write_pipe(self->loop_, factory, self->unconnected_[fd].fd())
                                      : connect_read_pipe(self->loop_, factory, self->unconnected_[fd].fd());
            self->unconnected_[fd].release();
            auto [pipe, protocol] = co_await std::move(connecting);
            self->pipes_[fd] = std::static_pointer_cast<PipeProtocol>(protocol);
        }
        self->loop_.call_soon([self] {
            if (self->protocol_) self->protocol_->connection_made(self);
        });
        for (auto& callback : *self->pending_calls_) self->loop_.call_soon(std::move(callback));
        self->pending_calls_.reset();
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (const SystemExit&) {
        throw;
    } catch (...) {
        exception = std::current_exception();
    }
    if (waiter.done()) co_return;
    if (exception)
        waiter.set_exception(exception);
    else
        waiter.set_result();
}

void ChildTransport::call(std::function<void()> callback) {
    if (pending_calls_)
        pending_calls_->push_back(std::move(callback));
    else
        loop_.call_soon(std::move(callback));
}

void ChildTransport::pipe_data_received(int fd, std::string_view data) {
    call([self = self(), fd, data = std::string(data)] {
        if (self->protocol_) self->protocol_->pipe_data_received(fd, data);
    });
}

void ChildTransport::pipe_connection_lost(int fd, std::exception_ptr exception) {
    call([self = self(), fd, exception] {
        if (self->protocol_) self->protocol_->pipe_connection_lost(fd, exception);
    });
    finish_if_all_is_over();
}

void ChildTransport::exited(int code) {
    returncode_ = code;
    call([self = self()] {
        if (self->protocol_) self->protocol_->process_exited();
    });
    finish_if_all_is_over();
    // The process has ended, whoever still holds its pipes; when nobody does, connection_lost() comes first.
    for (const Future<int>& waiter : std::exchange(waiters_, {}))
        if (!waiter.done()) waiter.set_result(code);
}

void ChildTransport::finish_if_all_is_over() {
    if (!returncode_ || finished_) return;
    for (int fd = 0; fd < 3; ++fd)
        if (has_pipe_[fd] && !(pipes_[fd] && pipes_[fd]->disconnected())) return;
    finished_ = true;
    call([self = self()] { self->connection_lost(); });
}

void ChildTransport::connection_lost() {
    gone_ = true;
    if (const auto protocol = std::exchange(protocol_, nullptr)) protocol->connection_lost(nullptr);
}

Coroutine<int> ChildTransport::wait() {
    if (returncode_) co_return *returncode_;
    auto* const state = new FutureState<int>(&loop_, WaitKind::process);
    register_future(*state);
    const Future<int> waiter{FutureRef::adopt(state)};
    waiters_.push_back(waiter);
    const auto kept = self();
    co_return co_await waiter;
}

void ChildTransport::close() {
    if (closed_) return;
    closed_ = true;
    for (const auto& pipe : pipes_)
        if (pipe && pipe->pipe()) pipe->pipe()->close();
    // May have ended a moment ago, or belong to another user by now.
    if (is_running() && watch_ && !loop_.impl().inherited) ::kill(pid_, SIGKILL);
}

std::any ChildTransport::get_extra_info(std::string_view key) const {
    return key == "pid" ? std::any(static_cast<int>(pid_)) : std::any();
}

std::shared_ptr<Transport> ChildTransport::get_pipe_transport(int fd) const {
    return fd >= 0 && fd < 3 && pipes_[fd] ? pipes_[fd]->pipe() : nullptr;
}

void ChildTransport::send_signal(int number) {
    if (gone_) throw ProcessLookupError();
    // Reaped: the number may be another process's by now.
    if (!watch_) return;
    if (::kill(pid_, number) != 0 && errno != ESRCH) throw_os_error(errno);
}

void ChildTransport::loop_closes() noexcept {
    // Once the child has ended, the calls that are dropped below may be all that keeps this.
    const auto kept = self();
    held_by_loop_ = nullptr;
    closed_ = true;
    if (watch_ && !loop_.impl().inherited && ::kill(pid_, SIGKILL) == 0) watch_->reap_killed();
    watch_ = nullptr;
    pending_calls_.emplace();
    for (auto& pipe : pipes_)
        if (pipe) pipe->forget();
    for (Socket& end : unconnected_) end.close();
    // Protocol and transport hold each other.
    const auto protocol = std::exchange(protocol_, nullptr);
}

}  // namespace detail
}  // namespace asyncio
