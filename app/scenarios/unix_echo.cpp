// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <asyncio/asyncio.hpp>
#include <cctype>
#include <filesystem>
#include <random>
#include <string>
#include <system_error>
#include <vector>

#include "app/scenarios/scenario.hpp"

using awaitscope::scenarios::print;

namespace {

/// A folder of its own, which goes with its last line.
class TemporaryFolder {
  public:
    TemporaryFolder() { std::filesystem::create_directory(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::string file(const char* name) const { return path_ / name; }

  private:
    std::filesystem::path path_ =
        std::filesystem::temp_directory_path() / ("unix-echo-" + std::to_string(std::random_device()()));
};

asyncio::Coroutine<> serve(asyncio::StreamReader reader, asyncio::StreamWriter writer) {
    while (true) {
        std::string line = co_await reader.readline();
        if (line.empty()) break;
        std::ranges::transform(line, line.begin(), [](unsigned char c) { return std::toupper(c); });
        writer.write(line);
        co_await writer.drain();
    }
    writer.close();
}

asyncio::Coroutine<std::string> client(std::string path, std::vector<std::string> words) {
    auto [reader, writer] = co_await asyncio::open_unix_connection(path);
    std::string answers;
    for (const std::string& word : words) {
        writer.write(word + "\n");
        const std::string answer = co_await reader.readline();
        answers += (answers.empty() ? "" : " ") + answer.substr(0, answer.find('\n'));
    }
    writer.close();
    co_await writer.wait_closed();
    co_return answers;
}

asyncio::Coroutine<> main_() {
    const TemporaryFolder folder;
    const std::string path = folder.file("echo.sock");
    auto server = co_await asyncio::start_unix_server(serve, path);
    print("main: its address is a socket in a folder: ", std::filesystem::is_socket(path) ? "yes" : "no");
    const std::vector<std::string> few = {"hello", "world"}, more = {"one", "two", "three"};
    std::vector<asyncio::Task<std::string>> clients;
    clients.push_back(asyncio::create_task(client(path, few), "Ann"));
    clients.push_back(asyncio::create_task(client(path, more), "Bob"));
    for (const std::string& answers : co_await asyncio::gather(clients)) print("main: ", answers);
    server.close();
    co_await server.wait_closed();
    try {
        co_await asyncio::open_unix_connection(path);
    } catch (const asyncio::OSError&) {  // refused, or the file is gone
        print("main: nobody listens any more");
    }
}

const awaitscope::scenarios::Registration registration("unix-echo", main_);

}  // namespace
