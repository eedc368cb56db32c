// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace awaitscope::test {

/// Two connected sockets that do not block; each closed unless it was released.
class SocketPair {
  public:
    explicit SocketPair(int type = SOCK_STREAM) {
        REQUIRE(socketpair(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends_.data()) == 0);
    }
    ~SocketPair() {
        close_first();
        close_second();
    }
    SocketPair(const SocketPair&) = delete;
    SocketPair& operator=(const SocketPair&) = delete;

    int first() const { return ends_[0]; }
    int second() const { return ends_[1]; }
    int release_first() { return std::exchange(ends_[0], -1); }
    int release_second() { return std::exchange(ends_[1], -1); }
    void close_first() { close_end(ends_[0]); }
    void close_second() { close_end(ends_[1]); }
    /// Bytes for the first end.
    void feed(std::string_view bytes) const {
        REQUIRE(::write(ends_[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    }
    /// What has come to the second end, up to `max`.
    std::string drain(std::size_t max = 1 << 20) const {
        std::string bytes(max, '\0');
        const ssize_t count = ::read(ends_[1], bytes.data(), bytes.size());
        bytes.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
        return bytes;
    }

  private:
    static void close_end(int& fd) {
        if (fd >= 0) close(std::exchange(fd, -1));
    }
    std::array<int, 2> ends_{};
};

/// How many descriptors this process has open.
inline std::size_t open_descriptors() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
    return count;
}

/// What the loop's exception handler is told, "message: Type: text" each.
inline std::vector<std::string>& record_reports(asyncio::EventLoop& loop, std::vector<std::string>& reports) {
    loop.set_exception_handler([&reports](asyncio::EventLoop&, const asyncio::ExceptionContext& context) {
        reports.push_back(context.message + ": " + asyncio::to_string(context.exception));
    });
    return reports;
}

/// Lets the loop turn until `condition` holds; fails after many turns. Real I/O takes real time, which nobody measures.
template <class Condition>
asyncio::Coroutine<> until(Condition condition) {
    for (int turn = 0; turn < 1'000'000; ++turn) {
        if (condition()) co_return;
        co_await asyncio::sleep(std::chrono::seconds(0));
    }
    FAIL("it never came");
}

}  // namespace awaitscope::test
