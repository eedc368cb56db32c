// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

struct Account {
    int euros = 0;
};

asyncio::Coroutine<> saver(std::string name, int deposits, Account& account, asyncio::Lock& lock) {
    for (int i = 0; i < deposits; ++i) {
        print(name, ": asks for the lock");
        {
            auto guard = co_await lock.scoped();
            const int seen = account.euros;
            print(name, ": has it, and sees ", seen, " euros");
            co_await asyncio::sleep(1s);
            account.euros = seen + 10;
        }
        print(name, ": gave it back");
    }
}

asyncio::Coroutine<> main_() {
    Account account;
    asyncio::Lock lock("account");
    std::vector<asyncio::Task<void>> tasks;
    tasks.push_back(asyncio::create_task(saver("Ann", 2, account, lock), "Ann"));
    tasks.push_back(asyncio::create_task(saver("Bob", 1, account, lock), "Bob"));
    tasks.push_back(asyncio::create_task(saver("Cem", 1, account, lock), "Cem"));
    co_await asyncio::gather(tasks);
    print("main: ", account.euros, " euros in the end");
}

const awaitscope::scenarios::Registration registration("lock", main_);

}  // namespace
