// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

extern char** environ;

namespace awaitscope::test {
namespace {

struct Pipe {
    int ends[2];
    Pipe() {
        if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error(std::string("pipe: ") + std::strerror(errno));
    }
};

void shut(int& fd) {
    if (fd >= 0) close(fd);
    fd = -1;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (auto& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

constexpr int patience_ms = 60'000;

}  // namespace

const char* const awaitscope_binary = AWAITSCOPE_BINARY;
const char* const echo_server_binary = ECHO_SERVER_BINARY;

Child::Child(const Arguments& arguments, const Arguments& environment) : name_(arguments.at(0)) {
    Pipe in, out, err;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in.ends[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err.ends[1], STDERR_FILENO);
    auto argument_texts = arguments;
    auto environment_texts = environment;  // getenv() finds the first of a name: ours stand before what is inherited
    for (char** entry = environ; *entry; ++entry) environment_texts.emplace_back(*entry);
    const int error = posix_spawnp(&pid_, name_.c_str(), &actions, nullptr, pointers(argument_texts).data(),
                                   pointers(environment_texts).data());
    posix_spawn_file_actions_destroy(&actions);
    for (int fd : {in.ends[0], out.ends[1], err.ends[1]}) close(fd);
    in_ = in.ends[1];
    out_ = out.ends[0];
    err_ = err.ends[0];
    if (error) throw std::runtime_error("cannot start " + name_ + ": " + std::strerror(error));
}

Child::~Child() {
    for (int* fd : {&in_, &out_, &err_}) shut(*fd);
    if (pid_ > 0) {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
}

void Child::give_up(std::string_view what) const {
    throw std::runtime_error(name_ + ": " + std::string(what) + "\nstdout:\n" + out_text_ + "\nstderr:\n" + err_text_);
}

bool Child::read_some() {
    pollfd streams[] = {{out_, POLLIN, 0}, {err_, POLLIN, 0}};
    const int ready = poll(streams, 2, patience_ms);
    if (ready == 0) give_up("silent for too long");
    char buffer[1 << 16];
    const auto take = [&](pollfd& stream, int& fd, std::string& text) {
        if (stream.fd < 0 || stream.revents == 0) return;
        const ssize_t n = read(fd, buffer, sizeof buffer);
        if (n > 0)
            text.append(buffer, static_cast<std::size_t>(n));
        else if (n == 0)
            shut(fd);
    };
    take(streams[0], out_, out_text_);
    take(streams[1], err_, err_text_);
    return out_ >= 0 || err_ >= 0;
}

std::string Child::wait_for(std::string_view prefix, const std::string& stream) {
    while (true) {
        for (std::size_t begin = 0, end; (end = stream.find('\n', begin)) != stream.npos; begin = end + 1)
            if (stream.compare(begin, prefix.size(), prefix) == 0)
                return stream.substr(begin + prefix.size(), end - begin - prefix.size());
        if (!read_some()) give_up("ended without the line '" + std::string(prefix) + "...'");
    }
}

std::string Child::wait_for_line(std::string_view prefix) {
    return wait_for(prefix, out_text_);
}

std::string Child::wait_for_error_line(std::string_view prefix) {
    return wait_for(prefix, err_text_);
}

void Child::send_signal(int signal) const {
    kill(pid_, signal);
}

void Child::write_input(std::string_view text) const {
    if (write(in_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) give_up("takes no input");
}

void Child::close_input() {
    shut(in_);
}

Finished Child::wait() {
    close_input();
    while (out_ >= 0 || err_ >= 0) read_some();
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    Finished finished;
    if (WIFEXITED(status)) finished.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) finished.signal = WTERMSIG(status);
    finished.out = std::move(out_text_);
    finished.err = std::move(err_text_);
    return finished;
}

Finished run(const Child::Arguments& arguments, const Child::Arguments& environment) {
    return Child(arguments, environment).wait();
}

Finished run_awaitscope(Child::Arguments arguments, const Child::Arguments& environment) {
    arguments.insert(arguments.begin(), awaitscope_binary);
    return run(arguments, environment);
}

std::string private_file(const std::string& name) {
    return std::string(std::getenv("AWAITSCOPE_DIR")) + "/" + name;
}

std::string read_file(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace awaitscope::test
