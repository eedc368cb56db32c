// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

struct Page {
    std::chrono::milliseconds time;  ///< its server takes that long
    std::vector<std::string> links;
};

const std::map<std::string, Page> pages = {
    {"/", {100ms, {"/news", "/shop", "/help", "/about"}}},
    {"/news", {200ms, {"/news/today", "/"}}},
    {"/shop", {500ms, {}}},
    {"/help", {400ms, {"/about"}}},
    {"/about", {400ms, {}}},
    {"/news/today", {600ms, {}}},
};

asyncio::Coroutine<> serve(asyncio::StreamReader reader, asyncio::StreamWriter writer) {
    std::istringstream request(co_await reader.readline());
    std::string method, path, body;
    request >> method >> path;
    const Page& page = pages.at(path);
    co_await asyncio::sleep(page.time);
    for (const std::string& link : page.links) body += link + "\n";
    writer.write(body);
    writer.close();
}

asyncio::Coroutine<std::vector<std::string>> fetch(int port, std::string path) {
    auto [reader, writer] = co_await asyncio::open_connection("127.0.0.1", port);
    writer.write("GET " + path + " HTTP/1.0\r\n");
    std::istringstream body(co_await reader.read());
    writer.close();
    std::vector<std::string> links;
    for (std::string link; body >> link;) links.push_back(link);
    co_return links;
}

class Crawler {
  public:
    Crawler(int port, asyncio::TaskGroup& group) : port_(port), group_(group) {}

    void crawl(const std::vector<std::string>& paths) {
        for (const std::string& path : paths) {
            seen_.insert(path);
            group_.create_task(visit(path), path);
        }
    }
    std::size_t seen() const { return seen_.size(); }
    int most() const { return most_; }

  private:
    asyncio::Coroutine<> visit(std::string path) {
        std::vector<std::string> links;
        {
            auto place = co_await places_.scoped();
            most_ = std::max(most_, ++at_once_);
            links = co_await fetch(port_, path);
            --at_once_;
        }
        std::vector<std::string> fresh;
        for (const std::string& link : links)
            if (!seen_.contains(link)) fresh.push_back(link);
        print(path, ": ", links.size(), " links, ", fresh.size(), " of them new");
        crawl(fresh);
    }

    int port_;
    asyncio::TaskGroup& group_;
    asyncio::Semaphore places_{3, "places"};
    std::set<std::string> seen_;
    int at_once_ = 0, most_ = 0;
};

asyncio::Coroutine<> main_() {
    auto server = co_await asyncio::start_server(serve, "127.0.0.1", 0);
    std::optional<Crawler> crawler;
    co_await asyncio::task_group([&](asyncio::TaskGroup& group) -> asyncio::Coroutine<> {
        crawler.emplace(server.port(), group);
        crawler->crawl({"/"});
        co_return;
    });
    print("main: ", crawler->seen(), " pages, ", crawler->most(), " at a time at most");
    server.close();
}

const awaitscope::scenarios::Registration registration("web-crawl", main_);

}  // namespace
