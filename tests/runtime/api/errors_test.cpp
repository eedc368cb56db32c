// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>

using namespace std::chrono_literals;

namespace {

/// How often E is a std::exception: 1, or the conversion is ambiguous and this does not compile.
template <class E>
bool caught_as_exception(E error) {
    try {
        throw error;
    } catch (const std::exception& caught) {
        return caught.what() == std::string(error.what());
    }
    return false;
}

template <class E>
void check_error(const std::string& name) {
    INFO(name);
    CHECK(caught_as_exception(E()));
    CHECK(caught_as_exception(E("text")));
    CHECK(std::string(E().what()).empty());
    CHECK(std::string(E("text").what()) == "text");
    CHECK(E(std::string("text")).what() == std::string("text"));
    CHECK(asyncio::to_string(std::make_exception_ptr(E())) == name);
    CHECK(asyncio::to_string(std::make_exception_ptr(E("text"))) == name + ": text");
    bool marked = false;
    try {
        throw E("text");
    } catch (const asyncio::Error&) {
        marked = true;
    }
    CHECK(marked);
    static_assert(std::is_base_of_v<std::exception, E> && std::is_convertible_v<E*, std::exception*>);
    static_assert(std::is_convertible_v<E*, asyncio::Error*>);
}

template <class E>
void check_base_exception(const std::string& name) {
    INFO(name);
    static_assert(!std::is_base_of_v<std::exception, E> && std::is_convertible_v<E*, asyncio::BaseException*>);
    CHECK(std::string(E().what()).empty());
    CHECK(std::string(E("text").what()) == "text");
    CHECK(asyncio::to_string(std::make_exception_ptr(E())) == name);
    CHECK(asyncio::to_string(std::make_exception_ptr(E("text"))) == name + ": text");
}

}  // namespace

TEST_CASE("Every error is made of nothing or a text, and is one std::exception") {
    check_error<asyncio::TimeoutError>("TimeoutError");
    check_error<asyncio::InvalidStateError>("InvalidStateError");
    check_error<asyncio::QueueEmpty>("QueueEmpty");
    check_error<asyncio::QueueFull>("QueueFull");
    check_error<asyncio::QueueShutDown>("QueueShutDown");
    check_error<asyncio::BrokenBarrierError>("BrokenBarrierError");
    check_error<asyncio::RuntimeError>("RuntimeError");
    check_error<asyncio::ValueError>("ValueError");
    check_error<asyncio::TypeError>("TypeError");
    check_error<asyncio::SSLError>("SSLError");
    check_error<asyncio::OSError>("OSError");
    check_error<asyncio::ConnectionError>("ConnectionError");
    check_error<asyncio::ConnectionRefusedError>("ConnectionRefusedError");
    check_error<asyncio::ConnectionResetError>("ConnectionResetError");
    check_error<asyncio::ConnectionAbortedError>("ConnectionAbortedError");
    check_error<asyncio::BrokenPipeError>("BrokenPipeError");
    check_error<asyncio::FileNotFoundError>("FileNotFoundError");
    check_error<asyncio::PermissionError>("PermissionError");
    check_error<asyncio::ProcessLookupError>("ProcessLookupError");
    check_error<asyncio::gaierror>("gaierror");
}

TEST_CASE("What Python derives from BaseException passes a catch of std::exception") {
    check_base_exception<asyncio::CancelledError>("CancelledError");
    check_base_exception<asyncio::KeyboardInterrupt>("KeyboardInterrupt");
    check_base_exception<asyncio::SystemExit>("SystemExit");
    CHECK(asyncio::SystemExit(3).code() == 3);
    CHECK(asyncio::SystemExit().code() == 0);
    CHECK(asyncio::SystemExit("sorry").code() == 1);
}

TEST_CASE("OSError is a std::system_error, and TimeoutError an OSError") {
    static_assert(std::is_base_of_v<std::system_error, asyncio::OSError>);
    static_assert(std::is_base_of_v<asyncio::OSError, asyncio::TimeoutError>);
    static_assert(std::is_base_of_v<asyncio::OSError, asyncio::SSLError>);
    static_assert(std::is_base_of_v<asyncio::ConnectionError, asyncio::BrokenPipeError>);
    bool caught = false;
    try {
        throw asyncio::TimeoutError();
    } catch (const std::system_error&) {
        caught = true;
    }
    CHECK(caught);
}

TEST_CASE("Errors of streams tell what they know") {
    const asyncio::IncompleteReadError incomplete("abc", 10);
    CHECK(incomplete.partial() == "abc");
    CHECK(incomplete.expected() == 10);
    CHECK(incomplete.what() == std::string("3 bytes read on a total of 10 expected bytes"));
    const asyncio::LimitOverrunError overrun("too long", 7);
    CHECK(overrun.consumed() == 7);
    CHECK(overrun.what() == std::string("too long"));
    CHECK(caught_as_exception(incomplete));
    CHECK(caught_as_exception(overrun));
}

TEST_CASE("An ExceptionGroup holds its exceptions") {
    const asyncio::ExceptionGroup group("several", {std::make_exception_ptr(asyncio::ValueError("a")),
                                                    std::make_exception_ptr(std::out_of_range("b"))});
    CHECK(group.message() == "several");
    REQUIRE(group.exceptions().size() == 2);
    CHECK(asyncio::to_string(group.exceptions()[0]) == "ValueError: a");
    CHECK(asyncio::to_string(group.exceptions().at(1)) == "std::out_of_range: b");
    CHECK(group.what() == std::string("several (2 sub-exceptions)"));
    CHECK(asyncio::to_string(std::make_exception_ptr(group)) == "ExceptionGroup: several (2 sub-exceptions)");
    CHECK(caught_as_exception(group));
}

TEST_CASE("A handler of std::exception lets a cancellation pass") {
    bool handled = false;
    const auto body = [&]() -> asyncio::Coroutine<> {
        try {
            co_await asyncio::sleep(1h);
        } catch (const std::exception&) {
            handled = true;
        }
    };
    bool cancelled = false;
    asyncio::run([&]() -> asyncio::Coroutine<> {
        auto task = asyncio::create_task(body);
        co_await asyncio::sleep(0s);
        task.cancel();
        auto result = co_await asyncio::as_result(task);
        cancelled = task.cancelled() && !result.ok();
    });
    CHECK(cancelled);
    CHECK_FALSE(handled);
}
