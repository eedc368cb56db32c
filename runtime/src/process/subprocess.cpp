// SPDX-License-Identifier: MIT
// CPython's subprocess.py.
#include "asyncio/subprocess.hpp"

#include "asyncio/errors.hpp"
#include "asyncio/gather.hpp"
#include "runtime/src/process/child_transport.hpp"
#include "runtime/src/process/refusing_transport.hpp"

namespace asyncio {
namespace detail {

namespace {
/// In the place of a pipe that was not asked for.
class AbsentPipe final : public RefusingTransport {
  public:
    explicit AbsentPipe(const char* what) : what_(what) {}
    void close() override {}
    bool is_closing() const override { return true; }
    void set_protocol(std::shared_ptr<Protocol>) override {}
    std::shared_ptr<Protocol> get_protocol() const override { return nullptr; }
    int fileno() const override { return -1; }

  private:
    const char* what_it_is() const override { return what_; }
    const char* what_;
};
constexpr const char* absent[] = {"a child whose stdin is no PIPE", "a child whose stdout is no PIPE",
                                  "a child whose stderr is no PIPE"};
}  // namespace

/// CPython's SubprocessStreamProtocol: each pipe's stream is one of ours, fed from here.
class ProcessProtocol final : public SubprocessProtocol {
  public:
    ProcessProtocol(EventLoop& loop, std::size_t limit) : loop_(loop), limit_(limit) {}

    void connection_made(std::shared_ptr<SubprocessTransport> transport) override {
        for (int fd : {1, 2, 0}) {
            auto pipe = transport->get_pipe_transport(fd);
            if (!pipe) continue;
            cores_[fd] = std::make_shared<StreamCore>(loop_, limit_);
            cores_[fd]->connection_made(std::move(pipe));
        }
        if (cores_[0]) cores_[0]->has_no_reader();
        if (cores_[0]) stdin_ = PipeStream<StreamWriter>(StreamWriter(cores_[0]), true);
        if (cores_[1]) stdout_ = PipeStream<StreamReader>(StreamReader(cores_[1]), true);
        if (cores_[2]) stderr_ = PipeStream<StreamReader>(StreamReader(cores_[2]), true);
        transport_ = std::move(transport);
    }
    void pipe_data_received(int fd, std::string_view data) override {
        if (fd != 0 && cores_[fd]) cores_[fd]->data_received(data);
    }
    void pipe_connection_lost(int fd, std::exception_ptr exception) override {
        const auto& core = cores_[fd];
        if (core) {
            if (fd == 0) core->transport()->close();
            core->connection_lost(std::move(exception));
        }
        lost_[fd] = true;
        if (fd != 0) close_transport_if_over();
    }
    void process_exited() override {
        process_exited_ = true;
        close_transport_if_over();
    }
    void pause_writing() override {
        if (cores_[0]) cores_[0]->pause_writing();
    }
    void resume_writing() override {
        if (cores_[0]) cores_[0]->resume_writing();
    }

    const PipeStream<StreamWriter>& writer() {
        if (!cores_[0]) stdin_ = PipeStream<StreamWriter>(StreamWriter(absent_core(0)), false);
        return stdin_;
    }
    const PipeStream<StreamReader>& reader(int fd) {
        auto& stream = fd == 1 ? stdout_ : stderr_;
        if (!cores_[fd]) stream = PipeStream<StreamReader>(StreamReader(absent_core(fd)), false);
        return stream;
    }
    bool has(int fd) const { return cores_[fd] != nullptr; }

  private:
    /// Whoever uses the stream is told that it is not there.
    std::shared_ptr<StreamCore> absent_core(int fd) {
        auto core = std::make_shared<StreamCore>(loop_, limit_);
        core->connection_made(std::make_shared<AbsentPipe>(absent[fd]));
        core->connection_lost(std::make_exception_ptr(RuntimeError(std::string(absent[fd]) + " has no stream")));
        return core;
    }
    void close_transport_if_over() {
        const bool outputs_over = (!cores_[1] || lost_[1]) && (!cores_[2] || lost_[2]);
        if (!outputs_over || !process_exited_) return;
        if (const auto transport = std::exchange(transport_, nullptr)) transport->close();
    }

    EventLoop& loop_;
    std::size_t limit_;
    std::shared_ptr<SubprocessTransport> transport_;
    std::shared_ptr<StreamCore> cores_[3];
    PipeStream<StreamWriter> stdin_;
    PipeStream<StreamReader> stdout_;
    PipeStream<StreamReader> stderr_;
    bool lost_[3] = {};
    bool process_exited_ = false;
};

namespace {

SpawnRequest request_of(std::string program, std::vector<std::string> arguments, const SubprocessOptions& options,
                        StdioOption otherwise) {
    SpawnRequest request;
    request.program = std::move(program);
    request.arguments = std::move(arguments);
    const StdioOption given[] = {options.stdin_, options.stdout_, options.stderr_};
    for (int fd = 0; fd < 3; ++fd) request.stdio[fd] = (given[fd].given() ? given[fd] : otherwise).fd();
    if (!options.cwd.empty()) request.cwd = std::string(options.cwd);
    if (options.env) request.env = *options.env;
    request.start_new_session = options.start_new_session;
    return request;
}

Coroutine<MadeChild> start_child(EventLoop& loop, ChildProtocolFactory factory, SpawnRequest request) {
    auto protocol = factory();
    auto transport = co_await ChildTransport::start(loop, protocol, std::move(request));
    co_return MadeChild(std::move(transport), std::move(protocol));
}

Coroutine<Process> make_process(Coroutine<MadeChild> starting) {
    auto made = co_await std::move(starting);
    co_return Process(std::move(made.first), std::static_pointer_cast<ProcessProtocol>(std::move(made.second)));
}

ChildProtocolFactory process_factory(EventLoop& loop, std::size_t limit) {
    return [&loop, limit] { return std::make_shared<ProcessProtocol>(loop, limit); };
}

Coroutine<> feed_stdin(StreamWriter stdin_, std::string input) {
    try {
        if (!input.empty()) stdin_.write(input);
        co_await stdin_.drain();
    } catch (const BrokenPipeError&) {
        // The child need not read what it is told.
    } catch (const ConnectionResetError&) {
    }
    stdin_.close();
}

Coroutine<std::string> read_stream(std::shared_ptr<SubprocessTransport> transport, int fd, StreamReader stream) {
    const auto pipe = transport->get_pipe_transport(fd);
    std::string output = co_await stream.read();
    pipe->close();
    co_return output;
}

Coroutine<> no_input() {
    co_return;
}
Coroutine<std::string> no_output() {
    co_return std::string();
}

Coroutine<std::pair<std::string, std::string>> communicate_with(std::shared_ptr<SubprocessTransport> transport,
                                                                std::shared_ptr<ProcessProtocol> protocol,
                                                                std::string input) {
    const auto output_of = [&](int fd) {
        return protocol->has(fd) ? read_stream(transport, fd, *protocol->reader(fd)) : no_output();
    };
    auto fed = protocol->has(0) ? feed_stdin(*protocol->writer(), std::move(input)) : no_input();
    auto all = gather(std::move(fed), output_of(1), output_of(2));
    auto outputs = co_await all;
    co_await static_cast<ChildTransport&>(*transport).wait();
    co_return std::pair(std::move(std::get<1>(outputs)), std::move(std::get<2>(outputs)));
}

}  // namespace

Coroutine<MadeChild> start_program(EventLoop& loop, ChildProtocolFactory factory, std::string program,
                                   ProgramArguments arguments, const SubprocessOptions& options,
                                   StdioOption otherwise) {
    return start_child(loop, std::move(factory), request_of(std::move(program), arguments.list(), options, otherwise));
}

Coroutine<MadeChild> start_shell(EventLoop& loop, ChildProtocolFactory factory, std::string command,
                                 const SubprocessOptions& options, StdioOption otherwise) {
    return start_child(loop, std::move(factory), request_of("/bin/sh", {"-c", std::move(command)}, options, otherwise));
}

}  // namespace detail

Process::Process(std::shared_ptr<SubprocessTransport> transport, std::shared_ptr<detail::ProcessProtocol> protocol)
    : transport_(std::move(transport)), protocol_(std::move(protocol)) {}

const detail::PipeStream<StreamWriter>& Process::stdin_() const {
    return protocol_->writer();
}
const detail::PipeStream<StreamReader>& Process::stdout_() const {
    return protocol_->reader(1);
}
const detail::PipeStream<StreamReader>& Process::stderr_() const {
    return protocol_->reader(2);
}

Coroutine<int> Process::wait() const {
    return static_cast<detail::ChildTransport&>(*transport_).wait();
}

Coroutine<std::pair<std::string, std::string>> Process::communicate(std::string input) const {
    return detail::communicate_with(transport_, protocol_, std::move(input));
}

Coroutine<Process> create_subprocess_exec(std::string program, ProgramArguments arguments) {
    return create_subprocess_exec(std::move(program), std::move(arguments), SubprocessOptions{});
}
Coroutine<Process> create_subprocess_exec(std::string program, ProgramArguments arguments, SubprocessOptions options) {
    EventLoop& loop = get_running_loop();
    return detail::make_process(detail::start_program(loop, detail::process_factory(loop, options.limit),
                                                      std::move(program), std::move(arguments), options, nullptr));
}
Coroutine<Process> create_subprocess_shell(std::string command) {
    return create_subprocess_shell(std::move(command), SubprocessOptions{});
}
Coroutine<Process> create_subprocess_shell(std::string command, SubprocessOptions options) {
    EventLoop& loop = get_running_loop();
    return detail::make_process(
        detail::start_shell(loop, detail::process_factory(loop, options.limit), std::move(command), options, nullptr));
}

}  // namespace asyncio
