// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace awaitscope::test {

/// How a process ended, and what it said.
struct Finished {
    int exit_code = -1;  ///< -1 when a signal ended it
    int signal = 0;
    std::string out;
    std::string err;
};

/// A process that a test drives. Nothing is waited for by time: what does not come within a minute is an error
/// (std::runtime_error, with all it said). Killed when it is still there at the end.
class Child {
  public:
    using Arguments = std::vector<std::string>;

    /// Starts it; arguments[0] is looked for in PATH. `environment`: "NAME=value", added to ours.
    explicit Child(const Arguments& arguments, const Arguments& environment = {});
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    pid_t pid() const { return pid_; }
    /// Waits until a whole line of its stdout begins so; gives the rest of that line.
    std::string wait_for_line(std::string_view prefix);
    /// The same on its stderr.
    std::string wait_for_error_line(std::string_view prefix);
    void send_signal(int signal) const;
    void write_input(std::string_view text) const;
    void close_input();
    /// Closes its input and waits for its end.
    Finished wait();

  private:
    std::string wait_for(std::string_view prefix, const std::string& stream);
    bool read_some();  ///< false once both streams have ended
    [[noreturn]] void give_up(std::string_view what) const;

    std::string name_;
    pid_t pid_ = -1;
    int in_ = -1;
    int out_ = -1;
    int err_ = -1;
    std::string out_text_;
    std::string err_text_;
};

/// Starts a process and waits for its end.
Finished run(const Child::Arguments& arguments, const Child::Arguments& environment = {});

/// Our own binaries.
Finished run_awaitscope(Child::Arguments arguments, const Child::Arguments& environment = {});
extern const char* const awaitscope_binary;
extern const char* const echo_server_binary;

/// A fresh file name in this process's private folder.
std::string private_file(const std::string& name);

/// The text of a file. Throws std::runtime_error when it cannot be read.
std::string read_file(const std::string& path);

}  // namespace awaitscope::test
