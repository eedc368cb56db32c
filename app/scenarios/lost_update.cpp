// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

struct Account {
    int euros = 100;
};

asyncio::Coroutine<> deposit(Account& account, int euros) {
    const int seen = account.euros;
    co_await asyncio::sleep(1s);
    account.euros = seen + euros;
    print("deposit: now ", account.euros);
}

asyncio::Coroutine<> locked_deposit(Account& account, int euros, asyncio::Lock& lock) {
    auto guard = co_await lock.scoped();
    co_await deposit(account, euros);
}

asyncio::Coroutine<> main_() {
    Account account;
    auto ann = asyncio::create_task(deposit(account, 10), "Ann");
    auto bob = asyncio::create_task(deposit(account, 20), "Bob");
    co_await asyncio::gather(ann, bob);
    print("main: ", account.euros);
}

asyncio::Coroutine<> expected() {
    Account account;
    asyncio::Lock lock("account");
    auto ann = asyncio::create_task(locked_deposit(account, 10, lock), "Ann");
    auto bob = asyncio::create_task(locked_deposit(account, 20, lock), "Bob");
    co_await asyncio::gather(ann, bob);
    print("main: ", account.euros);
}

const awaitscope::scenarios::Registration registration("lost-update", main_);
const awaitscope::scenarios::Registration variant("lost-update/expected", expected);

}  // namespace
