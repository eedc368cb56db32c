// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace asyncio {

/// What Python derives from BaseException and not from Exception. Not a std::exception, so that
/// `catch (const std::exception&)` is Python's `except Exception` and lets a cancellation pass.
class BaseException {
  public:
    BaseException() = default;
    explicit BaseException(std::string message) : message_(std::move(message)) {}
    virtual ~BaseException() = default;
    const char* what() const noexcept { return message_.c_str(); }

  private:
    std::string message_;
};

/// Thrown at the co_await of a task that was cancelled.
class CancelledError : public BaseException {
    using BaseException::BaseException;
};
/// Ctrl-C, thrown by run() once the main task has ended.
class KeyboardInterrupt : public BaseException {
    using BaseException::BaseException;
};
/// Asks the program to end; passes through the loop.
class SystemExit : public BaseException {
  public:
    SystemExit() = default;
    explicit SystemExit(int code) : BaseException(std::to_string(code)), code_(code) {}
    /// As sys.exit("text"): the code is 1.
    explicit SystemExit(std::string message) : BaseException(std::move(message)), code_(1) {}
    int code() const noexcept { return code_; }

  private:
    int code_ = 0;
};

/// The mark that all other errors of this library carry. Each is a std::exception, exactly once.
class Error {
  protected:
    Error() = default;
    ~Error() = default;
};

namespace detail {
/// One error class a Python name: from nothing or a text, and what() is that text.
template <class Base>
class ErrorOf : public Base, public Error {
  public:
    ErrorOf() : Base("") {}
    explicit ErrorOf(const std::string& message) : Base(message) {}
};
}  // namespace detail

class RuntimeError : public detail::ErrorOf<std::runtime_error> {
    using ErrorOf::ErrorOf;
};
class NotImplementedError : public RuntimeError {
    using RuntimeError::RuntimeError;
};
/// The system cannot send this file to this socket by itself.
class SendfileNotAvailableError : public RuntimeError {
    using RuntimeError::RuntimeError;
};
class ValueError : public detail::ErrorOf<std::invalid_argument> {
    using ErrorOf::ErrorOf;
};
class TypeError : public detail::ErrorOf<std::invalid_argument> {
    using ErrorOf::ErrorOf;
};
class InvalidStateError : public detail::ErrorOf<std::logic_error> {
    using ErrorOf::ErrorOf;
};
class QueueEmpty : public detail::ErrorOf<std::runtime_error> {
    using ErrorOf::ErrorOf;
};
class QueueFull : public detail::ErrorOf<std::runtime_error> {
    using ErrorOf::ErrorOf;
};
class QueueShutDown : public detail::ErrorOf<std::runtime_error> {
    using ErrorOf::ErrorOf;
};
class BrokenBarrierError : public detail::ErrorOf<std::runtime_error> {
    using ErrorOf::ErrorOf;
};

/// The stream ended before what was asked for had come.
class IncompleteReadError : public std::runtime_error, public Error {
  public:
    /// `expected` is the number of bytes asked for; negative when it is not known.
    IncompleteReadError(std::string partial, long expected);
    const std::string& partial() const noexcept { return *partial_; }
    long expected() const noexcept { return expected_; }

  private:
    std::shared_ptr<const std::string> partial_;
    long expected_;
};

/// More bytes than the reader's limit came without the separator.
class LimitOverrunError : public std::runtime_error, public Error {
  public:
    LimitOverrunError(const std::string& message, std::size_t consumed)
        : std::runtime_error(message), consumed_(consumed) {}
    std::size_t consumed() const noexcept { return consumed_; }

  private:
    std::size_t consumed_;
};

/// An error of the operating system; what() is Python's "[Errno 2] No such file or directory".
class OSError : public std::system_error, public Error {
  public:
    OSError() : OSError(std::string()) {}
    explicit OSError(const std::string& message);
    OSError(int error_number, const std::string& message);
    const char* what() const noexcept override { return text_->c_str(); }

  private:
    std::shared_ptr<const std::string> text_;
};
class TimeoutError : public OSError {
    using OSError::OSError;
};
class FileNotFoundError : public OSError {
    using OSError::OSError;
};
class PermissionError : public OSError {
    using OSError::OSError;
};
class ProcessLookupError : public OSError {
    using OSError::OSError;
};
/// A name could not be looked up.
class gaierror : public OSError {
    using OSError::OSError;
};
/// TLS failed. code() is OpenSSL's SSL_ERROR_... number, what() Python's "[SSL: WRONG_VERSION_NUMBER] wrong version
/// number".
class SSLError : public OSError {
    using OSError::OSError;
};
/// The connection ended without saying so, as someone in between could have made it.
class SSLEOFError : public SSLError {
    using SSLError::SSLError;
};
/// The peer has ended TLS in order, and it cannot be used any more.
class SSLZeroReturnError : public SSLError {
    using SSLError::SSLError;
};
/// The peer's certificate was not accepted.
class SSLCertVerificationError : public SSLError {
  public:
    using SSLError::SSLError;
    SSLCertVerificationError(int error_number, const std::string& message, int verify_code, std::string verify_message);
    /// OpenSSL's X509_V_ERR_... number, and what it means: 10, "certificate has expired".
    int verify_code() const noexcept { return verify_code_; }
    const std::string& verify_message() const noexcept { return *verify_message_; }

  private:
    int verify_code_ = 0;
    std::shared_ptr<const std::string> verify_message_ = std::make_shared<const std::string>();
};
class ConnectionError : public OSError {
    using OSError::OSError;
};
class ConnectionRefusedError : public ConnectionError {
    using ConnectionError::ConnectionError;
};
class ConnectionResetError : public ConnectionError {
    using ConnectionError::ConnectionError;
};
class ConnectionAbortedError : public ConnectionError {
    using ConnectionError::ConnectionError;
};
class BrokenPipeError : public ConnectionError {
    using ConnectionError::ConnectionError;
};

/// Several errors at once, as a task group gathers them.
class ExceptionGroup : public std::runtime_error, public Error {
  public:
    /// Precondition: `exceptions` is not empty.
    ExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions);
    const std::string& message() const noexcept { return *message_; }
    const std::vector<std::exception_ptr>& exceptions() const noexcept { return *exceptions_; }

  private:
    std::shared_ptr<const std::string> message_;
    std::shared_ptr<const std::vector<std::exception_ptr>> exceptions_;
};

/// The subclass of OSError that Python picks for an errno, as an exception_ptr: "[Errno 2] No such file or directory",
/// or with `message` in the place of the system's words.
std::exception_ptr make_os_error(int error_number, const std::string& message = {});
/// Throws make_os_error().
[[noreturn]] void throw_os_error(int error_number, const std::string& message = {});

/// "TypeName: message", as Python prints an exception; without a message just the name.
std::string to_string(const std::exception_ptr& exception);

}  // namespace asyncio
