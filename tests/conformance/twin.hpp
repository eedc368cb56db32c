// SPDX-License-Identifier: GPL-3.0-or-later
// The C++ side of the conformance suite; how to add a twin stands in twin.py.
#pragma once

#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <concepts>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace awaitscope::test::twins {

// ── what twins use ───────────────────────────────────────────────────────────────────────────────────────────────────

/// A value as Python's str() writes it; inside a container (`nested`) as repr() does. An exception is "Type: message".
std::string text(std::string_view value, bool nested = false);
std::string text(bool value, bool nested = false);
std::string text(double value, bool nested = false);
std::string text(const std::exception_ptr& value, bool nested = false);
std::string text(std::monostate value, bool nested = false);
inline std::string text(std::nullopt_t, bool = false) {
    return "None";
}
template <std::integral N>
std::string text(N value, bool = false) {
    return std::to_string(value);
}
template <class S>
requires std::convertible_to<S, std::string_view> std::string text(const S& value, bool nested = false) {
    return text(std::string_view(value), nested);
}
template <class T>
std::string text(const std::optional<T>& value, bool nested = false);
template <class T>
std::string text(const std::vector<T>& values, bool nested = false);
template <class T>
std::string text(const asyncio::Result<T>& result, bool nested = false);
template <class... T>
std::string text(const std::tuple<T...>& values, bool nested = false);
template <class A, class B>
std::string text(const std::pair<A, B>& values, bool nested = false);

/// One line: the parts, with a blank between. From any thread.
void say_line(const std::string& line);
template <class... Parts>
void say(const Parts&... parts) {
    std::string line;
    ((line += text(parts), line += ' '), ...);
    if (!line.empty()) line.pop_back();
    say_line(line);
}

/// The running loop's time in seconds, "1.5": exact under the virtual clock.
std::string now();
/// The exception that is being handled.
inline std::exception_ptr caught() {
    return std::current_exception();
}
/// Lets the loop make so many turns.
asyncio::Coroutine<> turns(int count);
/// Python's `finally:` where nothing is awaited. Python's comes after the `except` clauses of its try: a guard made
/// before the try does so too.
template <class F>
class Finally {
  public:
    explicit Finally(F function) : function_(std::move(function)) {}
    Finally(const Finally&) = delete;
    Finally& operator=(const Finally&) = delete;
    ~Finally() { function_(); }

  private:
    F function_;
};
/// A loop with the virtual clock, for a PROGRAM.
inline std::unique_ptr<asyncio::EventLoop> new_loop() {
    return asyncio::new_event_loop(asyncio::Clock::virtual_time);
}

// ── running one twin ─────────────────────────────────────────────────────────────────────────────────────────────────

enum class Reports { no, yes };  ///< yes: what goes to stderr is told at the end, as with Python's reports=True

/// Runs the twin in a process of its own, and compares its lines with those recorded.
void compare(const char* topic, const char* name, const std::function<void()>& program, Reports reports = Reports::no);
void compare(const char* topic, const char* name, asyncio::Coroutine<> (*twin)(), asyncio::Clock clock,
             Reports reports = Reports::no);

/// Notes that there is such a twin, for the case which looks for those that lack.
struct Registered {
    Registered(const char* topic, const char* name);
};

// ── details ──────────────────────────────────────────────────────────────────────────────────────────────────────────

template <class T>
std::string text(const std::optional<T>& value, bool nested) {
    return value ? text(*value, nested) : "None";
}
template <class T>
std::string text(const std::vector<T>& values, bool) {
    std::string all;
    for (const auto& value : values) all += (all.empty() ? "" : ", ") + text(value, true);
    return "[" + all + "]";
}
template <class T>
std::string text(const asyncio::Result<T>& result, bool nested) {
    return result ? text(result.value(), nested) : text(result.exception(), nested);
}
template <class... T>
std::string text(const std::tuple<T...>& values, bool) {
    std::string all;
    std::apply([&](const auto&... each) { ((all += (all.empty() ? "" : ", ") + text(each, true)), ...); }, values);
    return "(" + all + (sizeof...(T) == 1 ? ",)" : ")");
}
template <class A, class B>
std::string text(const std::pair<A, B>& values, bool) {
    return "(" + text(values.first, true) + ", " + text(values.second, true) + ")";
}

}  // namespace awaitscope::test::twins

/// TWIN(name) { ... co_return; }: a coroutine on a loop with the virtual clock. TWIN_REAL: with the real one.
/// PROGRAM(name) { ... }: a plain function. An optional second argument is Reports::yes.
#define TWIN(name, ...) TWIN_ON_CLOCK(name, asyncio::Clock::virtual_time __VA_OPT__(, ) __VA_ARGS__)
#define TWIN_REAL(name, ...) TWIN_ON_CLOCK(name, asyncio::Clock::real __VA_OPT__(, ) __VA_ARGS__)
#define TWIN_ON_CLOCK(name, ...)                                                           \
    static asyncio::Coroutine<> twin_##name();                                             \
    static const awaitscope::test::twins::Registered registered_##name(TWIN_TOPIC, #name); \
    TEST_CASE(TWIN_TOPIC "/" #name) {                                                      \
        awaitscope::test::twins::compare(TWIN_TOPIC, #name, &twin_##name, __VA_ARGS__);    \
    }                                                                                      \
    static asyncio::Coroutine<> twin_##name()
#define PROGRAM(name, ...)                                                                            \
    static void twin_##name();                                                                        \
    static const awaitscope::test::twins::Registered registered_##name(TWIN_TOPIC, #name);            \
    TEST_CASE(TWIN_TOPIC "/" #name) {                                                                 \
        awaitscope::test::twins::compare(TWIN_TOPIC, #name, &twin_##name __VA_OPT__(, ) __VA_ARGS__); \
    }                                                                                                 \
    static void twin_##name()

using namespace asyncio;                  // NOLINT(google-global-names-in-headers)
using namespace std::chrono_literals;     // NOLINT(google-global-names-in-headers)
using namespace awaitscope::test::twins;  // NOLINT(google-global-names-in-headers)
