// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cerrno>
#include <type_traits>

#include "tests/support/loop_log.hpp"

using namespace asyncio;

namespace {

/// A handler of std::exception takes it: its base is there, and there once.
template <class E>
bool caught_as_exception(const E& error) {
    try {
        throw error;
    } catch (const std::exception&) {
        return true;
    } catch (...) {
        return false;
    }
}

template <class E>
bool caught_as_error(const E& error) {
    try {
        throw error;
    } catch (const Error&) {
        return true;
    } catch (...) {
        return false;
    }
}

template <class E>
std::string described(const E& error) {
    return to_string(std::make_exception_ptr(error));
}

}  // namespace

TEMPLATE_TEST_CASE("An error is a std::exception exactly once, and an asyncio::Error", "", RuntimeError, ValueError,
                   TypeError, InvalidStateError, QueueEmpty, QueueFull, QueueShutDown, BrokenBarrierError, OSError,
                   TimeoutError, FileNotFoundError, PermissionError, ProcessLookupError, gaierror, SSLError,
                   ConnectionError, ConnectionRefusedError, ConnectionResetError, ConnectionAbortedError,
                   BrokenPipeError) {
    CHECK(caught_as_exception(TestType()));
    CHECK(caught_as_error(TestType()));
    CHECK(std::string(TestType().what()) == "");
    CHECK(std::string(TestType("a text").what()) == "a text");
    CHECK(std::is_nothrow_copy_constructible_v<TestType>);
}

TEST_CASE("The errors with fields are std::exceptions exactly once") {
    CHECK(caught_as_exception(IncompleteReadError("ab", 5)));
    CHECK(caught_as_exception(LimitOverrunError("too long", 7)));
    CHECK(caught_as_exception(ExceptionGroup("group", {std::make_exception_ptr(ValueError())})));
    CHECK(caught_as_error(IncompleteReadError("ab", 5)));
    CHECK(caught_as_error(LimitOverrunError("too long", 7)));
    CHECK(caught_as_error(ExceptionGroup("group", {std::make_exception_ptr(ValueError())})));
}

TEMPLATE_TEST_CASE("What Python derives from BaseException is not a std::exception", "", CancelledError,
                   KeyboardInterrupt, SystemExit) {
    CHECK_FALSE(caught_as_exception(TestType()));
    CHECK(std::is_base_of_v<BaseException, TestType>);
    CHECK(std::string(TestType().what()) == "");
}

TEST_CASE("to_string gives the type's name and its text") {
    CHECK(described(ValueError("x")) == "ValueError: x");
    CHECK(described(ValueError()) == "ValueError");
    CHECK(described(CancelledError("why")) == "CancelledError: why");
    CHECK(described(CancelledError()) == "CancelledError");
    CHECK(described(SystemExit(3)) == "SystemExit: 3");
    CHECK(described(std::out_of_range("far")) == "std::out_of_range: far");
    CHECK(described(5) == "int");
    CHECK(to_string(nullptr) == "None");
}

TEST_CASE("SystemExit keeps its code") {
    CHECK(SystemExit(3).code() == 3);
    CHECK(SystemExit().code() == 0);
}

TEST_CASE("IncompleteReadError and LimitOverrunError speak as CPython's") {
    const IncompleteReadError known("abc", 10);
    CHECK(std::string(known.what()) == "3 bytes read on a total of 10 expected bytes");
    CHECK(known.partial() == "abc");
    CHECK(known.expected() == 10);
    CHECK(std::string(IncompleteReadError("", -1).what()) == "0 bytes read on a total of undefined expected bytes");
    CHECK(LimitOverrunError("Separator is not found, and chunk exceed the limit", 9).consumed() == 9);
}

TEST_CASE("ExceptionGroup counts as CPython's") {
    const auto one = std::make_exception_ptr(ValueError("x"));
    CHECK(described(ExceptionGroup("unhandled", {one})) == "ExceptionGroup: unhandled (1 sub-exception)");
    const ExceptionGroup two("unhandled", {one, one});
    CHECK(std::string(two.what()) == "unhandled (2 sub-exceptions)");
    CHECK(two.message() == "unhandled");
    CHECK(two.exceptions().size() == 2);
}

TEST_CASE("An errno becomes the subclass that Python picks") {
    const auto type_of = [](int error) { return to_string(make_os_error(error, "x")); };
    CHECK(type_of(ENOENT) == "FileNotFoundError: [Errno 2] x");
    CHECK(to_string(make_os_error(ENOENT)) == "FileNotFoundError: [Errno 2] No such file or directory");
    CHECK_THAT(type_of(EACCES), Catch::StartsWith("PermissionError: [Errno 13]"));
    CHECK_THAT(type_of(EPERM), Catch::StartsWith("PermissionError: [Errno 1]"));
    CHECK_THAT(type_of(ESRCH), Catch::StartsWith("ProcessLookupError"));
    CHECK_THAT(type_of(ECONNREFUSED), Catch::StartsWith("ConnectionRefusedError"));
    CHECK_THAT(type_of(ECONNRESET), Catch::StartsWith("ConnectionResetError"));
    CHECK_THAT(type_of(ECONNABORTED), Catch::StartsWith("ConnectionAbortedError"));
    CHECK_THAT(type_of(EPIPE), Catch::StartsWith("BrokenPipeError"));
    CHECK_THAT(type_of(ETIMEDOUT), Catch::StartsWith("TimeoutError"));
    CHECK_THAT(type_of(EMFILE), Catch::StartsWith("OSError: [Errno 24]"));
}

TEST_CASE("An OSError is a std::system_error with its code") {
    try {
        throw_os_error(ECONNREFUSED);
    } catch (const std::system_error& error) {
        CHECK(error.code() == std::errc::connection_refused);
        CHECK(std::string(error.what()) == "[Errno 111] Connection refused");
    }
}

TEST_CASE("A ConnectionRefusedError is a ConnectionError is an OSError, a TimeoutError is an OSError") {
    CHECK(std::is_base_of_v<ConnectionError, ConnectionRefusedError>);
    CHECK(std::is_base_of_v<OSError, ConnectionError>);
    CHECK(std::is_base_of_v<OSError, TimeoutError>);
}
