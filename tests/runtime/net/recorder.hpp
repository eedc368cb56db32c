// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/src/net/socket_transport.hpp"
#include "tests/runtime/net/sockets.hpp"

namespace awaitscope::test {

/// A protocol that notes what it is told; each callback may also do something.
class Recorder : public asyncio::Protocol {
  public:
    std::vector<std::string> told;
    std::shared_ptr<asyncio::Transport> transport;
    bool keep_open = false;
    std::function<void(std::string_view callback)> then = [](std::string_view) {};

    void connection_made(std::shared_ptr<asyncio::Transport> made) override {
        transport = std::move(made);
        note("made");
    }
    void data_received(std::string_view data) override { note("data", " " + std::string(data)); }
    bool eof_received() override {
        note("eof");
        return keep_open;
    }
    void connection_lost(std::exception_ptr exception) override { note("lost", " " + asyncio::to_string(exception)); }
    void pause_writing() override { note("pause"); }
    void resume_writing() override { note("resume"); }

    bool was_told(std::string_view what) const {
        for (const std::string& each : told)
            if (each.starts_with(what)) return true;
        return false;
    }

  private:
    void note(const std::string& callback, const std::string& details = {}) {
        told.push_back(callback + details);
        then(callback);
    }
};

/// A transport over a connected socket, which it takes over.
inline std::shared_ptr<asyncio::Transport> open_transport(int fd, std::shared_ptr<asyncio::Protocol> protocol) {
    return asyncio::detail::SocketTransport::open(asyncio::get_running_loop(), asyncio::detail::Socket(fd),
                                                  std::move(protocol), std::nullopt, nullptr);
}

/// Runs `body(recorder, pair)` with a transport over the pair's first end; then ends it, and waits until it is lost.
template <class Body>
void with_transport(Body body) {
    asyncio::run([&]() -> asyncio::Coroutine<> {
        SocketPair pair;
        auto recorder = std::make_shared<Recorder>();
        open_transport(pair.release_first(), recorder);
        co_await until([&] { return recorder->transport != nullptr; });
        co_await body(*recorder, pair);
        recorder->then = [](std::string_view) {};
        recorder->transport->abort();
        co_await until([&] { return recorder->was_told("lost"); });
    });
}

}  // namespace awaitscope::test
