// SPDX-License-Identifier: MIT
#include "asyncio/errors.hpp"

#include <cxxabi.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "runtime/src/tasks/stack.hpp"

namespace asyncio {

/// "asyncio::detail::ErrorOf<...>" and the like never reach users: their classes have names of their own.
std::string detail::type_name(const std::type_info& type) {
    int status = 0;
    char* demangled = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
    std::string name = status == 0 ? demangled : type.name();
    std::free(demangled);
    if (const auto at = name.rfind("asyncio::"); at == 0) name.erase(0, std::strlen("asyncio::"));
    return name;
}

namespace {

using detail::type_name;

std::string incomplete_read_text(std::size_t partial, long expected) {
    return std::to_string(partial) + " bytes read on a total of " +
           (expected < 0 ? std::string("undefined") : std::to_string(expected)) + " expected bytes";
}

std::string errno_text(int error_number, const std::string& message) {
    return "[Errno " + std::to_string(error_number) + "] " + (message.empty() ? std::strerror(error_number) : message);
}

template <class E>
std::string describe(const E& error) {
    const std::string text = error.what();
    return type_name(typeid(error)) + (text.empty() ? "" : ": " + text);
}

}  // namespace

IncompleteReadError::IncompleteReadError(std::string partial, long expected)
    : std::runtime_error(incomplete_read_text(partial.size(), expected)),
      partial_(std::make_shared<const std::string>(std::move(partial))),
      expected_(expected) {}

OSError::OSError(const std::string& message)
    : std::system_error(std::error_code(0, std::system_category())),
      text_(std::make_shared<const std::string>(message)) {}

OSError::OSError(int error_number, const std::string& message)
    : std::system_error(std::error_code(error_number, std::system_category())),
      text_(std::make_shared<const std::string>(message.empty() ? errno_text(error_number, {}) : message)) {}

SSLCertVerificationError::SSLCertVerificationError(int error_number, const std::string& message, int verify_code,
                                                   std::string verify_message)
    : SSLError(error_number, message),
      verify_code_(verify_code),
      verify_message_(std::make_shared<const std::string>(std::move(verify_message))) {}

ExceptionGroup::ExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions)
    : std::runtime_error(message + " (" + std::to_string(exceptions.size()) + " sub-exception" +
                         (exceptions.size() == 1 ? ")" : "s)")),
      message_(std::make_shared<const std::string>(std::move(message))),
      exceptions_(std::make_shared<const std::vector<std::exception_ptr>>(std::move(exceptions))) {}

std::exception_ptr make_os_error(int error_number, const std::string& message) {
    const std::string text = errno_text(error_number, message);
    switch (error_number) {
        case ENOENT:
            return std::make_exception_ptr(FileNotFoundError(error_number, text));
        case EACCES:
        case EPERM:
            return std::make_exception_ptr(PermissionError(error_number, text));
        case ESRCH:
            return std::make_exception_ptr(ProcessLookupError(error_number, text));
        case ECONNREFUSED:
            return std::make_exception_ptr(ConnectionRefusedError(error_number, text));
        case ECONNRESET:
            return std::make_exception_ptr(ConnectionResetError(error_number, text));
        case ECONNABORTED:
            return std::make_exception_ptr(ConnectionAbortedError(error_number, text));
        case EPIPE:
        case ESHUTDOWN:
            return std::make_exception_ptr(BrokenPipeError(error_number, text));
        case ETIMEDOUT:
            return std::make_exception_ptr(TimeoutError(error_number, text));
        default:
            return std::make_exception_ptr(OSError(error_number, text));
    }
}

void throw_os_error(int error_number, const std::string& message) {
    std::rethrow_exception(make_os_error(error_number, message));
}

std::string to_string(const std::exception_ptr& exception) {
    if (!exception) return "None";
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception& error) {
        return describe(error);
    } catch (const BaseException& error) {
        return describe(error);
    } catch (...) {
        const std::type_info* type = abi::__cxa_current_exception_type();
        return type ? type_name(*type) : "unknown exception";
    }
}

}  // namespace asyncio
