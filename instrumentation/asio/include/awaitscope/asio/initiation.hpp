// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <awaitscope/asio/thread.hpp>
#include <string_view>
#include <type_traits>

/// What the type of an awaited operation tells of it.
namespace awaitscope::asio {

template <class T>
constexpr std::string_view type_name() {
    constexpr std::string_view whole = __PRETTY_FUNCTION__;  // "... [with T = NAME; ...]"
    return whole.substr(whole.find("T = "));
}

/// What is waited for, where no handler will say it: several at once, or something of another's making.
template <class Initiation>
inline constexpr enum awaitscope_wait wait_of_type = [] {
    constexpr std::string_view name = type_name<Initiation>();
    if (name.find("parallel_group") != name.npos) return AWAITSCOPE_WAIT_GATHER;
    return name.find("boost::asio::") == name.npos ? AWAITSCOPE_WAIT_FUTURE : AWAITSCOPE_WAIT_NONE;
}();

template <class Initiation>
inline constexpr TimerClock clock_of_type = [] {
    constexpr std::string_view name = type_name<Initiation>();
    if (name.find("basic_waitable_timer<") == name.npos) return TimerClock::unknown;
    if (name.find("steady_clock") != name.npos) return TimerClock::steady;
    return name.find("system_clock") != name.npos ? TimerClock::system : TimerClock::unknown;
}();

/// Whether awaiting it asks Asio for something about the coroutine itself, and never waits.
template <class Awaited>
inline constexpr bool is_there_at_once = [] {
    constexpr std::string_view name = type_name<std::remove_cvref_t<Awaited>>();
    return name.find("= boost::asio::this_coro::") != name.npos || name.find("context_switched") != name.npos;
}();

/// A text that is made of a type's name at compile time.
template <std::string_view (*Find)()>
struct Literal {
    static constexpr auto text = [] {
        constexpr std::string_view found = Find();
        std::array<char, found.size() + 1> all{};
        for (std::size_t i = 0; i < found.size(); ++i) all[i] = found[i];
        return all;
    }();
};

/// "async_wait" for basic_waitable_timer<...>::initiate_async_wait.
template <class Initiation>
constexpr std::string_view find_operation() {
    std::string_view name = type_name<Initiation>();
    constexpr std::string_view prefix = "initiate_";
    const auto at = name.rfind(prefix);
    if (at == name.npos) return "operation";
    name.remove_prefix(at + prefix.size());
    return name.substr(0, name.find_first_of("<>;], ("));
}
template <class Initiation>
using OperationName = Literal<&find_operation<Initiation>>;

/// A callable's, for which there is a coroutine only when it is called.
template <class Function>
constexpr std::string_view find_function() {
    std::string_view name = type_name<Function>();
    if (name.find("lambda") != name.npos) return "<lambda>";
    name.remove_prefix(std::string_view("T = ").size());
    return name.substr(0, name.find_first_of(";]"));
}
template <class Function>
using FunctionName = Literal<&find_function<Function>>;

}  // namespace awaitscope::asio
