// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>

namespace awaitscope::test {

/// A forked child of a test. Assertions do not reach the test from there: it tells by its exit code. Killed at the end
/// of the scope when it is still there.
class ChildProcess {
  public:
    enum class End { exit, at_once };  ///< through exit(), with its handlers, or through _exit()

    /// Runs `body`, which gives the exit code; an exception gives 99, after a line on stderr.
    template <class Body>
    explicit ChildProcess(Body body, End end = End::at_once) : pid_(fork()) {
        if (pid_ < 0) throw std::runtime_error("cannot fork");
        if (pid_ != 0) return;
        int code = 99;
        try {
            code = body();
        } catch (const std::exception& failure) {
            std::fprintf(stderr, "child: %s\n", failure.what());
        }
        if (end == End::exit) std::exit(code);
        _exit(code);
    }
    ~ChildProcess() {
        if (pid_ <= 0) return;
        kill(SIGKILL);
        wait();
    }
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    pid_t pid() const { return pid_; }
    void kill(int signal_number) const { ::kill(pid_, signal_number); }
    /// The exit code; a signal's number is negative.
    int wait() {
        int status = 0;
        while (waitpid(pid_, &status, 0) < 0)
            if (errno != EINTR) throw std::runtime_error("no such child");
        pid_ = 0;
        return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
    }

  private:
    pid_t pid_;
};

/// Lets processes wait for each other: a byte through a pipe.
class Gate {
  public:
    Gate() {
        if (pipe(ends_) != 0) throw std::runtime_error("cannot make a pipe");
    }
    ~Gate() {
        close(ends_[0]);
        close(ends_[1]);
    }
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    void open() const {
        const char byte = '.';
        while (write(ends_[1], &byte, 1) < 0 && errno == EINTR) {
        }
    }
    /// Until open() was called once more than wait().
    void wait() const {
        char byte = 0;
        while (read(ends_[0], &byte, 1) < 0 && errno == EINTR) {
        }
    }

  private:
    int ends_[2];
};

}  // namespace awaitscope::test
