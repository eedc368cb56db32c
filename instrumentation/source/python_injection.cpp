// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/python_injection.hpp"

#include <fmt/format.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <thread>

#include "instrumentation/ring/session_folder.hpp"
#include "instrumentation/source/process_facts.hpp"
#include "instrumentation/source/program_name.hpp"
#include "instrumentation/source/session_directory.hpp"
#include "instrumentation/source/shell.hpp"
#include "instrumentation/source/source_error.hpp"
#include "instrumentation/source/utf8.hpp"

namespace awaitscope {
namespace {

namespace fs = std::filesystem;
constexpr int remote_exec_since = 14;
constexpr int adapter_since = 8;
constexpr std::chrono::seconds patience{10};
constexpr std::chrono::seconds safe_moment_patience{2};

/// A Python string literal, which is gdb's and C's as well.
std::string literal(const std::string& text) {
    std::string result;
    for (const char one : text) {
        if (one == '\\' || one == '"' || one == '\'' || static_cast<unsigned char>(one) < 0x20)
            throw SourceError("a folder has a name that cannot be handed over: " + text);
        result += one;
    }
    return "'" + result + "'";
}

/// Beside the adapter itself, its folder is all that the target has to know, and where we look for its session, where
/// that is elsewhere than where it would put it.
std::string program_text(int pid, const std::string& folder) {
    const std::string here = ring::session_folder();
    const std::string move =
        here == process_session_folder(pid) ? "" : "import os; os.environ['AWAITSCOPE_DIR'] = " + literal(here) + "; ";
    return move + "import sys; sys.path.append(" + literal(folder) + "); import awaitscope; awaitscope.enable()";
}

/// A file that only its user can read, gone at the end of the scope.
class PrivateFile {
  public:
    explicit PrivateFile(const std::string& text) : path_("/tmp/awaitscope-XXXXXX") {
        const int fd = mkstemp(path_.data());
        if (fd < 0) throw SourceError("cannot make a file in /tmp");
        close(fd);
        std::ofstream(path_) << text;
    }
    ~PrivateFile() { unlink(path_.c_str()); }
    PrivateFile(const PrivateFile&) = delete;
    PrivateFile& operator=(const PrivateFile&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

bool session_comes(int pid, std::chrono::seconds within) {
    const auto until = std::chrono::steady_clock::now() + within;
    while (std::chrono::steady_clock::now() < until) {
        if (shares_events(pid)) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return shares_events(pid);
}

void wait_for_session(int pid) {
    if (!session_comes(pid, patience))
        throw SourceError(fmt::format(
            "process {} was asked to share its events, and has not come back to Python since: its main thread is in a "
            "call of C's that lasts; if it is not, its standard error says what failed",
            pid));
}

/// The interpreter runs the script at its next safe moment, and a loop that waits for nothing but I/O has none for as
/// long as that lasts. A stop by ptrace, of which neither it nor its parent is told, lets such a wait end early; Python
/// then looks for what there is to do, and goes on to wait. Needs the same right as sys.remote_exec; where a debugger
/// is there already, what it does wakes the target as well.
void interrupt_wait(int pid) {
    if (ptrace(PTRACE_SEIZE, pid, nullptr, nullptr) != 0) return;
    ptrace(PTRACE_INTERRUPT, pid, nullptr, nullptr);
    int status = 0;
    const auto until = std::chrono::steady_clock::now() + patience;
    while (waitpid(pid, &status, __WALL | WNOHANG) == 0 && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    ptrace(PTRACE_DETACH, pid, nullptr, nullptr);
}

bool gdb_is_here() {
    return run_in_shell("command -v gdb").exit_code == 0;
}

/// Where the thread holds the interpreter's lock it is in the midst of Python, and the program is put off to the next
/// safe moment; where it does not, it waits in the system, and the program may run at once.
std::string gdb_script(const std::string& program) {
    const std::string text = "\"" + program + "\"";
    return "set confirm off\n"
           "set pagination off\n"
           "set unwindonsignal on\n"
           "if ((int (*)(void)) PyGILState_Check)()\n"
           "  print ((int (*)(void *, void *)) Py_AddPendingCall)((void *) PyRun_SimpleString, (void *) " +
           text +
           ")\n"
           "else\n"
           "  set $state = ((int (*)(void)) PyGILState_Ensure)()\n"
           "  print ((int (*)(const char *)) PyRun_SimpleString)(" +
           text +
           ")\n"
           "  call ((void (*)(int)) PyGILState_Release)($state)\n"
           "end\n"
           "detach\n";
}

void inject_by_gdb(const PythonProcess& python, const std::string& program) {
    if (!gdb_is_here())
        throw SourceError(
            "gdb is needed to reach a running Python before 3.14, and is not here: install it, or start the program "
            "with `awaitscope run -- ...`");
    // Most of it goes by with reading symbols, which takes long where the machine has much to do.
    constexpr std::chrono::seconds gdb_patience{120};
    constexpr int timed_out = 124;  // timeout's exit code
    const PrivateFile script(gdb_script(program));
    const ShellRun ran = run_in_shell(fmt::format("timeout {} gdb --nx --batch -p {} -x {}", gdb_patience.count(),
                                                  python.pid, shell_word(script.path())));
    // "$1 = 0": the call was made, and has succeeded.
    if (ran.output.find("= 0") != std::string::npos) return wait_for_session(python.pid);
    if (ran.exit_code == timed_out)
        throw SourceError(
            fmt::format("gdb was not done with process {} within {} s and was stopped; the process runs on: try again "
                        "when the machine has less to do, or start the program with `awaitscope run -- ...`",
                        python.pid, gdb_patience.count()));
    if (ran.output.find("ptrace") != std::string::npos)
        throw SourceError(fmt::format(
            "the system does not let gdb look into process {}: be root, or see /proc/sys/kernel/yama/ptrace_scope; or "
            "start the program with `awaitscope run -- ...`",
            python.pid));
    throw SourceError(fmt::format("gdb could not run code in process {}: {}", python.pid, last_line(ran.output)));
}

void inject_by_remote_exec(const PythonProcess& python, const std::string& program) {
    const PrivateFile script(program + "\n");
    const std::string call = fmt::format("import sys; sys.remote_exec({}, {})", python.pid, literal(script.path()));
    const ShellRun ran = run_in_shell(shell_word(python.program) + " -I -S -c " + shell_word(call));
    if (ran.exit_code != 0) throw SourceError(fmt::format("sys.remote_exec was refused: {}", last_line(ran.output)));
    interrupt_wait(python.pid);
    // A thread that waits for a lock, or in a library, has no safe moment; code that gdb runs in it is one, and takes
    // the script along.
    if (session_comes(python.pid, safe_moment_patience)) return;
    if (gdb_is_here()) return inject_by_gdb(python, program);
    wait_for_session(python.pid);  // while the script is still there
}

}  // namespace

namespace {

std::string name_of(const std::string& program, const std::string& command) {
    return program_name(valid_utf8(fs::path(program).filename().string()), command);
}

}  // namespace

std::vector<PythonCandidate> unprepared_pythons() {
    std::set<int> seen;
    for (const SessionEntry& entry : SessionDirectory().refresh())
        if (entry.status == SessionStatus::running) seen.insert(entry.pid);
    std::vector<PythonCandidate> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator("/proc", error)) {
        const std::string name = entry.path().filename().string();
        int pid = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), pid).ptr != name.data() + name.size()) continue;
        if (seen.contains(pid)) continue;
        const std::string program = python_interpreter(pid);
        if (program.empty()) continue;
        const std::string command = valid_utf8(process_command(pid));
        found.push_back({pid, program, command, name_of(program, command)});
    }
    std::ranges::sort(found, {}, &PythonCandidate::pid);
    return found;
}

std::optional<PythonProcess> find_python(int pid) {
    const std::string program = python_interpreter(pid);
    if (program.empty()) return std::nullopt;
    const ShellRun ran = run_in_shell(shell_word(program) + " -I -S -c 'import sys; print(sys.version_info[1])'");
    if (ran.exit_code != 0) return std::nullopt;
    return PythonProcess{pid, program, std::atoi(ran.output.c_str()),
                         name_of(program, valid_utf8(process_command(pid)))};
}

bool needs_gdb(const PythonProcess& python) {
    return python.minor < remote_exec_since;
}

std::string what_injection_does(const PythonProcess& python) {
    return fmt::format("This runs code in process {}, {}: \"import awaitscope; awaitscope.enable()\"{}.", python.pid,
                       python.name,
                       needs_gdb(python) ? ", by gdb, which stops it for a moment"
                                         : ", by the interpreter's own interface; where that does not answer within 2 "
                                           "s, by gdb (if it is here), which stops it for a moment");
}

void make_visible(const PythonProcess& python, const std::string& adapter_folder) {
    if (python.minor < adapter_since)
        throw SourceError(
            fmt::format("process {} is a Python 3.{}; those from 3.8 on can be shown", python.pid, python.minor));
    if (adapter_folder.empty())
        throw SourceError("this Awaitscope was built without its adapter for Python (python3-dev was not there)");
    if (const std::string elsewhere = seen_elsewhere(python.pid); !elsewhere.empty())
        throw SourceError(fmt::format("process {} shares its events {}", python.pid, elsewhere));
    const std::string program = program_text(python.pid, adapter_folder);
    needs_gdb(python) ? inject_by_gdb(python, program) : inject_by_remote_exec(python, program);
}

}  // namespace awaitscope
