// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that are not ours: examples of Boost.Asio's, compiled as they are, under load by clients that count.
#include <signal.h>

#include <catch2/catch.hpp>
#include <memory>
#include <regex>

#include "tests/support/tcp_client.hpp"
#include "tests/support/told_program.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr unsigned client_count = 10, lines_each = 9;
constexpr unsigned line_count = client_count * (1 + lines_each);

using Clients = std::vector<std::unique_ptr<TcpClient>>;

/// All come, talk at once, hear all that was said (the server tells newcomers the last hundred lines), and go.
void chat(std::uint16_t port, Clients& clients) {
    for (unsigned i = 0; i < client_count; ++i) {
        clients.push_back(std::make_unique<TcpClient>(port));
        clients.back()->send("hello from " + std::to_string(i) + "\n");
    }
    for (unsigned line = 0; line < lines_each; ++line)
        for (const auto& client : clients) client->send(std::string(10 * line, 'x') + "\n");
    for (const auto& client : clients)
        for (unsigned line = 0; line < line_count; ++line) client->receive_until("\n");
    for (const auto& client : clients) client->finish();
}

std::uint64_t sum(const Clients& clients, std::uint64_t (TcpClient::*what)() const) {
    std::uint64_t sum = 0;
    for (const auto& client : clients) sum += (client.get()->*what)();
    return sum;
}

/// All that it moved, and nothing was lost.
void check_bytes(const ToldProgram& told, std::uint64_t read, std::uint64_t written) {
    CHECK(told.count("lost") == 0);
    CHECK(told.sum("io_read", &Event::a) == read);
    CHECK(told.sum("io_write", &Event::a) == written);
}

}  // namespace

TEST_CASE("asio: Boost's chat server tells of each client's tasks, and of each byte that the clients counted") {
    const std::uint16_t port = unused_port();
    Clients clients;
    const ToldProgram told(
        {CHAT_SERVER, std::to_string(port)}, {}, [&] { chat(port, clients); }, SIGTERM);
    CHECK(told.exit_code == 0);
    CHECK(told.output == "");
    CHECK(told.count("connection_made") == client_count);
    CHECK(told.count("connection_lost") == client_count);
    check_bytes(told, sum(clients, &TcpClient::sent), sum(clients, &TcpClient::received));
    CHECK(told.count("task_created") == told.count("task_done"));
    CHECK(sum(clients, &TcpClient::received) == client_count * sum(clients, &TcpClient::sent));
    CHECK(told.tasks_of("listener") == 1);
    CHECK(told.tasks_of("reader") == client_count);
    CHECK(told.tasks_of("writer") == client_count);
    CHECK(told.trace.tasks().size() == 1 + 2 * client_count);
    // A writer waits by a timer for something to write, and each line is a wait for its socket.
    CHECK_THAT(told.steps(), Catch::Contains("writer-3: suspended on sleep at 145\n") &&
                                 Catch::Contains("writer-3: suspended on io at 150\n") &&
                                 Catch::Contains("reader-2: suspended on io at 124\n") &&
                                 Catch::EndsWith("listener-1: cancelled\n"));
}

TEST_CASE("asio: Boost's throttling proxy, before the chat server, tells of both its sides") {
    const std::uint16_t server_port = unused_port(), proxy_port = unused_port(server_port + 1);
    Clients clients;
    std::unique_ptr<ToldProgram> proxy;
    const auto use_proxy = [&] { chat(proxy_port, clients); };
    const auto use_server = [&] {
        TcpClient(server_port).finish();  // it listens
        const ToldProgram::Command command = {THROTTLING_PROXY, "127.0.0.1", std::to_string(proxy_port), "127.0.0.1",
                                              std::to_string(server_port)};
        proxy = std::make_unique<ToldProgram>(command, ToldProgram::Environment(), use_proxy, SIGTERM);
    };
    const ToldProgram server({CHAT_SERVER, std::to_string(server_port)}, {}, use_server, SIGTERM);
    const std::uint64_t sent = sum(clients, &TcpClient::sent), received = sum(clients, &TcpClient::received);
    CHECK(server.exit_code == 0);
    check_bytes(server, sent, received);
    CHECK(proxy->exit_code == -SIGTERM);  // it catches none
    check_bytes(*proxy, sent + received, sent + received);
    CHECK(proxy->count("connection_made") == 2 * client_count);
    CHECK(proxy->tasks_of("proxy") == client_count);
    CHECK(proxy->tasks_of("transfer") == 2 * client_count);
    CHECK(proxy->tasks_of("produce_tokens") == 2 * client_count);
    // Its && is a task that waits for others, and what they wait for are sockets, timers and the two ends of channels.
    // In which order the && begins its two sides is the compiler's choice, and so are the tasks' numbers.
    const std::string steps = std::regex_replace(proxy->steps(), std::regex(R"(-\d+: )"), ": ");
    CHECK_THAT(steps, Catch::Contains("proxy: suspended on gather at 83\n") &&
                          Catch::Contains("transfer: suspended on io at 57\n") &&
                          Catch::Contains("produce_tokens: suspended on queue_put at 40\n") &&
                          Catch::Contains("produce_tokens: suspended on sleep at 43\n"));
    CHECK(proxy->count("sync_created") == 2 * client_count);
}
