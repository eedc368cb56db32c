// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/conformance/twin.hpp"

namespace {

struct Notes : Protocol {
    explicit Notes(std::string n, std::function<void(Transport&)> f = {}) : name(std::move(n)), first(std::move(f)) {}

    void connection_made(std::shared_ptr<Transport> transport) override {
        say(name, "made");
        if (first) first(*transport);
    }
    void data_received(std::string_view data) override {
        received += data.size();
        if (data.size() < 100) say(name, "data", data);
        if (!got.done()) got.set_result();
    }
    bool eof_received() override {
        say(name, "eof");
        return true;
    }
    void pause_writing() override { say(name, "pause"); }
    void resume_writing() override { say(name, "resume"); }
    void connection_lost(std::exception_ptr exception) override {
        say(name, "lost", exception);
        closed.set_result();
    }

    std::string name;
    std::function<void(Transport&)> first;
    std::size_t received = 0;
    Future<> got = get_running_loop().create_future<>();
    Future<> closed = get_running_loop().create_future<>();
};
auto notes(const char* name) {
    return [name] { return std::make_shared<Notes>(name); };
}

std::pair<int, int> ends() {
    int both[2];
    REQUIRE(pipe2(both, O_CLOEXEC) == 0);
    return {both[0], both[1]};
}
void put(int fd, std::string_view data) {
    REQUIRE(write(fd, data.data(), data.size()) == static_cast<ssize_t>(data.size()));
}

}  // namespace

TWIN_REAL(reading) {
    EventLoop& loop = get_running_loop();
    auto [reader, writer] = ends();
    loop.call_soon([] { say("soon"); });
    {
        auto [transport, protocol] = co_await loop.connect_read_pipe(notes("reader"), reader);
        say("connected", transport->is_reading(), transport->is_closing());
        put(writer, "hello");
        co_await protocol->got;
        transport->pause_reading();
        transport->pause_reading();
        put(writer, "held back");
        co_await turns(5);
        say("paused", transport->is_reading(), protocol->received);
        protocol->got = loop.create_future<>();
        transport->resume_reading();
        co_await protocol->got;
        close(writer);
        co_await protocol->closed;
        say("closed", transport->is_reading(), transport->is_closing());
        transport->close();
        transport->pause_reading();
    }
    std::tie(reader, writer) = ends();
    auto [transport, protocol] = co_await loop.connect_read_pipe(notes("closed"), reader);
    transport->close();
    transport->close();
    co_await protocol->closed;
    close(writer);
}

TWIN_REAL(flow_control) {
    EventLoop& loop = get_running_loop();
    auto [reader, writer] = ends();
    auto [transport, written] = co_await loop.connect_write_pipe(notes("writer"), writer);
    say("limits", transport->get_write_buffer_limits(), transport->can_write_eof());
    using Mark = std::optional<std::size_t>;
    const std::pair<Mark, Mark> all[] = {{100, 200}, {{}, 1000}, {1000, {}}, {0, 0}, {{}, {}}};
    for (const auto& [high, low] : all) {
        try {
            transport->set_write_buffer_limits(high, low);
            say(transport->get_write_buffer_limits());
        } catch (const ValueError&) {
            say(caught());
        }
    }
    transport->write("");
    transport->write(std::string(65536, 'x'));
    say("fits", transport->get_write_buffer_size());
    transport->write(std::string(65536, 'y'));
    say("buffered", transport->get_write_buffer_size());
    transport->write("z");
    say("over the mark", transport->get_write_buffer_size());
    transport->writelines({"a", "b"});
    auto [other, read] = co_await loop.connect_read_pipe(notes("reader"), reader);
    while (transport->get_write_buffer_size() > 0) co_await sleep(0s);
    transport->write(std::string(200'000, 'q'));
    transport->write_eof();
    transport->write("too late");
    say("closing", transport->is_closing());
    co_await written->closed;
    co_await read->closed;
    say("received", read->received);
}

TWIN_REAL(broken) {
    EventLoop& loop = get_running_loop();
    loop.set_exception_handler([](EventLoop&, const ExceptionContext& context) { say("reported", context.message); });
    using Step = std::function<void(Transport&)>;
    auto attempt = [&](const char* name, const Step& before, const Step& after) -> Coroutine<> {
        auto [reader, writer] = ends();
        auto [transport, protocol] = co_await loop.connect_write_pipe(notes(name), writer);
        before(*transport);
        close(reader);
        after(*transport);
        co_await protocol->closed;
        say(transport->is_closing(), transport->get_write_buffer_size());
    };
    const Step nothing = [](Transport&) {};
    const Step fill = [](Transport& t) { t.write(std::string(100'000, 'x')); };
    const Step write_twice = [](Transport& t) {
        t.write("x");
        t.write("y");
    };
    const Step close_it = [](Transport& t) { t.close(); };
    const Step fill_and_close = [&](Transport& t) {
        fill(t);
        t.close();
    };
    const Step fill_and_abort = [&](Transport& t) {
        fill(t);
        t.abort();
    };
    co_await attempt("idle", nothing, nothing);
    co_await attempt("full", fill, nothing);
    co_await attempt("written after", nothing, write_twice);
    co_await attempt("closed before", close_it, nothing);
    co_await attempt("closed, with something left", fill_and_close, nothing);
    co_await attempt("aborted", fill_and_abort, nothing);
}

TWIN_REAL(refused) {
    EventLoop& loop = get_running_loop();
    char path[] = "/tmp/twin_XXXXXX";
    const int file = mkstemp(path);
    unlink(path);
    try {
        co_await loop.connect_read_pipe(notes("file"), file);
    } catch (const ValueError&) {
        say(caught());
    }
    try {
        co_await loop.connect_write_pipe(notes("file"), file);
    } catch (const ValueError&) {
        say(caught());
    }
    close(file);
    {
        auto [transport, protocol] = co_await loop.connect_write_pipe(notes("device"), open("/dev/null", O_WRONLY));
        transport->write("away");
        transport->close();
        co_await protocol->closed;
    }
    auto [reader, writer] = ends();
    say("closed in connection_made");
    auto closing = [] { return std::make_shared<Notes>("reader", [](Transport& t) { t.close(); }); };
    auto [transport, read] = co_await loop.connect_read_pipe(closing, reader);
    co_await read->closed;
    close(writer);
    say("cancelled");
    std::tie(reader, writer) = ends();
    auto connecting = create_task(loop.connect_read_pipe(notes("reader"), reader));
    co_await turns(1);
    connecting.cancel();
    try {
        co_await connecting;
    } catch (const CancelledError&) {
        say(caught());
    }
    co_await turns(3);
    say("is closed", fcntl(reader, F_GETFD) == -1);
    close(writer);
}
