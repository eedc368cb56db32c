// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/runtime/net/recorder.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using awaitscope::test::open_transport;
using awaitscope::test::record_reports;
using awaitscope::test::Recorder;
using awaitscope::test::SocketPair;
using awaitscope::test::until;
using Told = std::vector<std::string>;

namespace {

[[noreturn]] void fail() {
    throw ValueError("x");
}

/// Receives into four bytes of its own.
class FourBytes final : public BufferedProtocol {
  public:
    Told told;
    std::shared_ptr<Transport> transport;
    std::size_t room = 4;
    bool fails_in_update = false;

    void connection_made(std::shared_ptr<Transport> made) override { transport = std::move(made); }
    std::span<std::byte> get_buffer(std::ptrdiff_t size_hint) override {
        if (size_hint != -1) told.push_back("hint");
        return {memory_, room};
    }
    void buffer_updated(std::size_t count) override {
        told.push_back(std::string(reinterpret_cast<const char*>(memory_), count));
        if (fails_in_update) fail();
    }
    bool eof_received() override {
        told.push_back("eof");
        return false;
    }
    void connection_lost(std::exception_ptr exception) override { told.push_back("lost " + to_string(exception)); }

  private:
    std::byte memory_[4];
};

template <class Body>
void with_four_bytes(Body body) {
    run([&]() -> Coroutine<> {
        SocketPair pair;
        auto protocol = std::make_shared<FourBytes>();
        open_transport(pair.release_first(), protocol);
        co_await body(*protocol, pair);
        co_await until([&] { return protocol->transport->fileno() < 0; });
    });
}

}  // namespace

TEST_CASE("A buffered protocol receives into its own memory") {
    with_four_bytes([](FourBytes& protocol, SocketPair& pair) -> Coroutine<> {
        pair.feed("abcdefghij");
        co_await until([&] { return protocol.told.size() == 3; });
        pair.close_second();
        co_await until([&] { return protocol.told.size() == 5; });
        CHECK(protocol.told == Told{"abcd", "efgh", "ij", "eof", "lost None"});
    });
}

TEST_CASE("A buffered protocol without a buffer, or that fails, ends its connection") {
    Told reports;
    with_four_bytes([&](FourBytes& protocol, SocketPair& pair) -> Coroutine<> {
        record_reports(get_running_loop(), reports);
        protocol.room = 0;
        pair.feed("x");
        co_await until([&] { return !protocol.told.empty(); });
        CHECK(protocol.told == Told{"lost RuntimeError: get_buffer() returned an empty buffer"});
    });
    with_four_bytes([&](FourBytes& protocol, SocketPair& pair) -> Coroutine<> {
        record_reports(get_running_loop(), reports);
        protocol.fails_in_update = true;
        pair.feed("x");
        co_await until([&] { return protocol.told.size() == 2; });
        CHECK(protocol.told == Told{"x", "lost ValueError: x"});
    });
    CHECK(reports ==
          Told{"Fatal error: protocol.get_buffer() call failed.: RuntimeError: get_buffer() returned an empty buffer",
               "Fatal error: protocol.buffer_updated() call failed.: ValueError: x"});
}

TEST_CASE("set_protocol switches between receiving into memory and being handed bytes, also in the middle") {
    run([]() -> Coroutine<> {
        SocketPair pair;
        auto plain = std::make_shared<Recorder>();
        auto buffered = std::make_shared<FourBytes>();
        const auto transport = open_transport(pair.release_first(), plain);
        plain->then = [&](std::string_view callback) {
            if (callback == "data") transport->set_protocol(buffered);
        };
        pair.feed("one");
        co_await until([&] { return plain->was_told("data"); });
        CHECK(transport->get_protocol() == buffered);
        pair.feed("two");
        co_await until([&] { return !buffered->told.empty(); });
        plain->then = [](std::string_view) {};
        transport->set_protocol(plain);
        pair.feed("three");
        co_await until([&] { return plain->was_told("data three"); });
        transport->close();
        co_await until([&] { return plain->was_told("lost"); });
        CHECK(plain->told == Told{"made", "data one", "data three", "lost None"});
        CHECK(buffered->told == Told{"two"});
    });
}
