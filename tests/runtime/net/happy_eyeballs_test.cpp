// SPDX-License-Identifier: GPL-3.0-or-later
// Several addresses at once: RFC 8305.
#include <fcntl.h>

#include <catch2/catch.hpp>

#include "asyncio/asyncio.hpp"
#include "runtime/src/net/staggered_race.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using detail::Socket;
using detail::StaggeredRace;

namespace {

/// An address of the tests: how long it takes to answer, and whether it refuses then.
struct Address {
    LoopClock::duration delay;
    bool refuses;
};

/// What happens in a race to these addresses, with its virtual times in milliseconds.
struct Race {
    std::vector<std::string> log;
    std::vector<int> descriptors;

    void say(std::size_t index, const char* what) {
        const auto now =
            std::chrono::duration_cast<std::chrono::milliseconds>(get_running_loop().time().time_since_epoch());
        log.push_back(std::to_string(now.count()) + " " + std::to_string(index) + " " + what);
    }

    Coroutine<Socket> attempt(std::size_t index, Address address) {
        say(index, "begins");
        struct Leave {
            Race& race;
            std::size_t index;
            const char* how = "is cancelled";
            ~Leave() { race.say(index, how); }
        } leave{*this, index};
        Socket socket(open("/dev/null", O_RDONLY | O_CLOEXEC));
        descriptors.push_back(socket.fd());
        if (address.delay > 0s) co_await sleep(address.delay);
        leave.how = address.refuses ? "fails" : "succeeds";
        if (address.refuses) throw ConnectionRefusedError(111, "[Errno 111] Connection refused");
        co_return socket;
    }

    std::vector<StaggeredRace::Attempt> attempts(const std::vector<Address>& addresses) {
        std::vector<StaggeredRace::Attempt> all;
        for (std::size_t i = 0; i < addresses.size(); ++i)
            all.push_back([this, i, address = addresses[i]] { return attempt(i, address); });
        return all;
    }

    /// Whether one has won; its descriptor is the only one that is left open.
    bool run(const std::vector<Address>& addresses, LoopClock::duration delay) {
        bool won = false;
        const auto loop = new_event_loop(Clock::virtual_time);
        const auto start = loop->time();
        CHECK(start.time_since_epoch() == 0s);
        loop->run_until_complete([&]() -> Coroutine<> {
            const auto race = std::make_shared<StaggeredRace>(*loop, attempts(addresses), delay);
            const Socket winner = co_await race->run();
            won = static_cast<bool>(winner);
            for (const int fd : descriptors)
                if (fd != winner.fd()) CHECK(fcntl(fd, F_GETFD) == -1);
        });
        CHECK(all_tasks(loop.get()).empty());
        return won;
    }
};

using Log = std::vector<std::string>;

}  // namespace

TEST_CASE("Happy eyeballs: an address that answers in time is the only one that is tried") {
    Race race;
    CHECK(race.run({{100ms, false}, {0s, false}}, 250ms));
    CHECK(race.log == Log{"0 0 begins", "100 0 succeeds"});
}

TEST_CASE("Happy eyeballs: the next one begins as soon as one has failed") {
    Race race;
    CHECK(race.run({{30ms, true}, {0s, true}, {20ms, false}, {0s, false}}, 250ms));
    CHECK(race.log == Log{"0 0 begins", "30 0 fails", "30 1 begins", "30 1 fails", "30 2 begins", "50 2 succeeds"});
}

TEST_CASE("Happy eyeballs: a black hole is overtaken, and let go") {
    Race race;
    CHECK(race.run({{10h, false}, {10h, false}, {20ms, false}}, 250ms));
    CHECK(race.log == Log{"0 0 begins", "250 1 begins", "500 2 begins", "520 2 succeeds", "520 0 is cancelled",
                          "520 1 is cancelled"});
}

TEST_CASE("Happy eyeballs: the first may still win after the second has begun") {
    Race race;
    CHECK(race.run({{300ms, false}, {300ms, false}}, 250ms));
    CHECK(race.log == Log{"0 0 begins", "250 1 begins", "300 0 succeeds", "300 1 is cancelled"});
}

TEST_CASE("Happy eyeballs: when all fail nobody has won") {
    Race race;
    CHECK_FALSE(race.run({{400ms, true}, {10ms, true}, {0s, true}}, 250ms));
    CHECK(race.log == Log{"0 0 begins", "250 1 begins", "260 1 fails", "260 2 begins", "260 2 fails", "400 0 fails"});
}

TEST_CASE("Happy eyeballs: without a delay all begin at once") {
    Race race;
    CHECK(race.run({{10ms, true}, {10ms, false}, {10ms, true}}, 0s));
    CHECK(race.log.front() == "0 0 begins");
    CHECK(race.log[1] == "0 1 begins");
    CHECK(race.log[2] == "0 2 begins");
}

TEST_CASE("Happy eyeballs: cancelled at every turn, it leaves no attempt behind") {
    bool was_running = true;
    int n = 0;
    for (; was_running; ++n) {
        REQUIRE(n < 100);
        Race race;
        const auto loop = new_event_loop(Clock::virtual_time);
        loop->run_until_complete([&]() -> Coroutine<> {
            const auto staggered = std::make_shared<StaggeredRace>(
                *loop, race.attempts({{0s, true}, {1ms, true}, {1h, false}, {2h, false}}), 0s);
            const auto body = [&]() -> Coroutine<> { co_await staggered->run(); };
            const Task<> task = create_task(body);
            for (int i = 0; i < n && !task.done(); ++i) co_await sleep(n < 20 ? 0ms : 1h);
            was_running = task.cancel();
            const auto result = co_await as_result(task);
            CHECK((result.ok() || task.cancelled()));
            CHECK(all_tasks().size() == 1);
            for (const int fd : race.descriptors) CHECK(fcntl(fd, F_GETFD) == -1);
        });
    }
    CHECK(n > 10);
}

TEST_CASE("Happy eyeballs: connecting to a name with a delay, and the error when nobody listens") {
    run([]() -> Coroutine<> {
        const auto greet = [](StreamReader, StreamWriter writer) { writer.write("hi"); };
        const Server server = co_await start_server(greet, "127.0.0.1", 0);
        const int port = server.port();
        auto [reader, writer] = co_await open_connection("localhost", port, {.happy_eyeballs_delay = 250ms});
        const auto greeting = co_await reader.read();
        CHECK(greeting == "hi");
        writer.close();
        server.close();
        co_await server.wait_closed();
        const auto refused = co_await as_result(open_connection("127.0.0.1", port, {.happy_eyeballs_delay = 250ms}));
        CHECK(to_string(refused.exception()) ==
              "ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', " + std::to_string(port) + ")");
    });
}
