// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <sys/mman.h>

#include "tests/runtime/net/recorder.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::open_transport;
using awaitscope::test::Recorder;
using awaitscope::test::SocketPair;
using awaitscope::test::until;
using awaitscope::test::with_transport;

namespace {

template <class A>
Coroutine<std::string> error_of(A&& awaitable) {
    const auto result = co_await as_result(std::forward<A>(awaitable));
    co_return result.ok() ? std::string("nothing") : to_string(result.exception());
}

std::string pattern(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 251);
    return bytes;
}

/// A file in memory.
class File {
  public:
    explicit File(const std::string& bytes) : fd_(memfd_create("file", MFD_CLOEXEC)) {
        REQUIRE(write(fd_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    }
    ~File() { close(fd_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int fd() const { return fd_; }
    std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }
    off_t position() const { return lseek(fd_, 0, SEEK_CUR); }

  private:
    int fd_;
};

/// Everything that comes to the second end, until `sending` is done.
template <class T>
Coroutine<std::string> receive_while(SocketPair& pair, Task<T> sending) {
    std::string received;
    co_await until([&] {
        received += pair.drain();
        return sending.done();
    });
    for (std::string more = pair.drain(); !more.empty(); more = pair.drain()) received += more;
    co_return received;
}

}  // namespace

TEST_CASE("sock_sendfile sends a file, a part of it, and leaves the file behind what was sent") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const std::string bytes = pattern(3 << 20);
        const File file(bytes);
        SocketPair pair;
        auto whole = create_task(loop.sock_sendfile(pair.first(), file.fd()));
        const auto received = co_await receive_while(pair, whole);
        CHECK(received == bytes);
        CHECK(whole.result() == bytes.size());
        CHECK(file.position() == static_cast<off_t>(bytes.size()));
        auto part = create_task(loop.sock_sendfile(pair.first(), file.path(), 1000, 5000));
        const auto some = co_await receive_while(pair, part);
        CHECK(some == bytes.substr(1000, 5000));
        const auto beyond = co_await loop.sock_sendfile(pair.first(), file.fd(), 4 << 20);
        CHECK(beyond == 0);
        const File empty("");
        const auto nothing = co_await loop.sock_sendfile(pair.first(), empty.fd());
        CHECK(nothing == 0);
    });
}

TEST_CASE("What cannot be sent by the system is read and written, unless that is refused") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        SocketPair pair;
        SocketPair source;
        source.feed("not a file");
        source.close_second();
        const auto refused =
            co_await error_of(loop.sock_sendfile(pair.first(), source.first(), 0, {}, {.fallback = false}));
        CHECK(refused == "SendfileNotAvailableError: not a regular file");
        const auto sent = co_await loop.sock_sendfile(pair.first(), source.first(), 0, 3);
        CHECK(sent == 3);
        CHECK(pair.drain() == "not");
    });
}

TEST_CASE("sendfile's arguments are checked in CPython's words") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const File file("x");
        SocketPair pair;
        const auto none = co_await error_of(loop.sock_sendfile(pair.first(), file.fd(), 0, 0));
        CHECK(none == "ValueError: count must be a positive integer (got 0)");
        const auto before = co_await error_of(loop.sock_sendfile(pair.first(), file.fd(), -1));
        CHECK(before == "ValueError: offset must be a non-negative integer (got -1)");
        const auto missing = co_await error_of(loop.sock_sendfile(pair.first(), "/no/such/file"));
        CHECK(missing == "FileNotFoundError: [Errno 2] No such file or directory: '/no/such/file'");
        SocketPair datagrams(SOCK_DGRAM);
        const auto datagram = co_await error_of(loop.sock_sendfile(datagrams.first(), file.fd()));
        CHECK(datagram == "ValueError: only SOCK_STREAM type sockets are supported");
    });
}

TEST_CASE("sendfile through a transport goes after what is buffered, and nobody writes meanwhile") {
    with_transport([](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const std::string bytes = pattern(2 << 20);
        const File file(bytes);
        const std::string head(1 << 20, 'h');
        recorder.transport->write(head);
        auto sending = create_task(loop.sendfile(recorder.transport, file.fd()));
        co_await sleep(0s);
        CHECK_FALSE(recorder.transport->is_reading());
        CHECK(awaitscope::test::thrown_by([&] { recorder.transport->write("x"); }) ==
              "RuntimeError: unable to write; sendfile is in progress");
        CHECK(awaitscope::test::thrown_by([&] { recorder.transport->writelines({"x"}); }) ==
              "RuntimeError: unable to writelines; sendfile is in progress");
        const auto received = co_await receive_while(pair, sending);
        CHECK(received == head + bytes);
        CHECK(sending.result() == bytes.size());
        CHECK(recorder.transport->is_reading());
        recorder.transport->write("tail");
        CHECK(pair.drain() == "tail");
        CHECK(awaitscope::test::thrown_by([&] { loop.remove_writer(recorder.transport->fileno()); }) != "nothing");
    });
}

TEST_CASE("sendfile's fallback stands in for the protocol") {
    with_transport([](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        SocketPair source;
        const std::string bytes = pattern(100'000);
        source.feed(bytes);
        source.close_second();
        auto sending = create_task(loop.sendfile(*recorder.transport, source.first()));
        const auto received = co_await receive_while(pair, sending);
        CHECK(received == bytes);
        CHECK(recorder.transport->get_protocol().get() == &recorder);
        CHECK(recorder.transport->is_reading());
        const auto refused =
            co_await error_of(loop.sendfile(recorder.transport, source.first(), 0, {}, {.fallback = false}));
        CHECK(refused == "SendfileNotAvailableError: not a regular file");
    });
}

TEST_CASE("sendfile is refused by a transport that closes, and fails when the peer goes") {
    with_transport([](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const File file(pattern(4 << 20));
        auto sending = create_task(loop.sendfile(recorder.transport, file.fd()));
        for (int i = 0; i < 5; ++i) co_await sleep(0s);
        CHECK_FALSE(sending.done());
        pair.close_second();
        const auto gone = co_await error_of(sending);
        CHECK(gone == "BrokenPipeError: [Errno 32] Broken pipe");  // and no SIGPIPE
        CHECK(file.position() > 0);
        recorder.transport->close();
        const auto closing = co_await error_of(loop.sendfile(recorder.transport, file.fd()));
        CHECK(closing == "RuntimeError: Transport is closing");
    });
}

TEST_CASE("A transport aborted during sendfile fails it, and keeps its descriptor until then") {
    with_transport([](Recorder& recorder, SocketPair&) -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const File file(pattern(4 << 20));
        auto sending = create_task(loop.sendfile(recorder.transport, file.fd()));
        for (int i = 0; i < 5; ++i) co_await sleep(0s);
        recorder.transport->abort();
        const auto error = co_await error_of(sending);
        CHECK(error == "BrokenPipeError: [Errno 32] Broken pipe");
        CHECK(recorder.transport->fileno() == -1);
        CHECK(recorder.told.back() == "lost None");
    });
}

TEST_CASE("A cancelled sendfile gives the transport back") {
    with_transport([](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const File file(pattern(4 << 20));
        auto sending = create_task(loop.sendfile(recorder.transport, file.fd()));
        for (int i = 0; i < 5; ++i) co_await sleep(0s);
        sending.cancel();
        co_await as_result(sending);
        CHECK(recorder.transport->is_reading());
        CHECK_FALSE(recorder.transport->is_closing());
        pair.feed("x");
        co_await until([&] { return recorder.was_told("data x"); });
    });
}
