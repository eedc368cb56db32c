// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/launch.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <random>
#include <ranges>
#include <set>
#include <thread>

#include "instrumentation/source/node_adapter.hpp"
#include "instrumentation/source/python_adapter.hpp"
#include "instrumentation/source/session_directory.hpp"
#include "instrumentation/source/source_error.hpp"

namespace awaitscope {
namespace {

/// Our environment with `added` in it, as exec wants it.
std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& added) {
    std::vector<std::string> all;
    const auto is_replaced = [&](std::string_view line) {
        const std::string_view name = line.substr(0, line.find('='));
        return std::ranges::any_of(added, [&](const auto& pair) { return pair.first == name; });
    };
    for (char** line = environ; *line; ++line)
        if (!is_replaced(*line)) all.emplace_back(*line);
    for (const auto& [name, value] : added) all.push_back(name + "=" + value);
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

std::uint64_t new_launch() {
    std::random_device random;
    std::uint64_t launch = 0;
    while (launch == 0) launch = std::uint64_t{random()} << 32 | random();
    return launch;
}

/// A process and all that it has started and those have, before those that they have started.
std::vector<int> with_descendants(int pid) {
    std::vector<int> all = {pid};
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::error_code none;
        const std::filesystem::path threads = fmt::format("/proc/{}/task", all[i]);
        for (const auto& thread : std::filesystem::directory_iterator(threads, none)) {
            std::ifstream children(thread.path() / "children");
            for (int child = 0; children >> child;) all.push_back(child);
        }
    }
    return all;
}

struct SpawnSettings {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    SpawnSettings() {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
        // What a viewer ignores or blocks for itself is not the command's business.
        sigset_t defaults, mask;
        sigemptyset(&mask);
        sigemptyset(&defaults);
        for (int signal_number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGXFSZ}) sigaddset(&defaults, signal_number);
        posix_spawnattr_setsigdefault(&attributes, &defaults);
        posix_spawnattr_setsigmask(&attributes, &mask);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
};

}  // namespace

LaunchedProcess::LaunchedProcess(const LaunchOptions& options) : launch_(new_launch()) {
    if (options.command.empty()) throw SourceError("no command to start");
    program_ = options.command.front();
    SessionDirectory().refresh();  // throws while there is nobody yet who would run on unseen
    SpawnSettings settings;
    ring::FileDescriptor write_end;
    if (options.capture_output) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) throw SourceError(fmt::format("cannot make a pipe: {}", strerror(errno)));
        output_ = ring::FileDescriptor{ends[0]};
        write_end = ring::FileDescriptor{ends[1]};
        posix_spawn_file_actions_adddup2(&settings.actions, write_end.get(), STDOUT_FILENO);
    }
    if (options.output_to_stderr) posix_spawn_file_actions_adddup2(&settings.actions, STDERR_FILENO, STDOUT_FILENO);
    auto added = options.environment;
    added.emplace_back("AWAITSCOPE", "1");
    added.emplace_back("AWAITSCOPE_LAUNCH", std::to_string(launch_));
    if (const std::string path = python_path_with_adapter(); !path.empty()) added.emplace_back("PYTHONPATH", path);
    if (const std::string node = node_options_with_adapter(); !node.empty()) added.emplace_back("NODE_OPTIONS", node);
    std::vector<std::string> arguments = options.command;
    std::vector<std::string> environment = environment_with(added);
    pid_t pid = -1;
    const int failed = posix_spawnp(&pid, program_.c_str(), &settings.actions, &settings.attributes,
                                    pointers(arguments).data(), pointers(environment).data());
    if (failed != 0)
        throw SourceError(
            fmt::format("cannot start {}: {}; name a program of PATH, or its file", program_, strerror(failed)));
    pid_ = pid;
}

LaunchedProcess::~LaunchedProcess() {
    if (running()) return;
    wait();
    try {
        SessionDirectory directory;
        for (const SessionEntry& entry : directory.refresh())
            if (entry.launch == launch_ && entry.status != SessionStatus::running) unlink(entry.path.c_str());
    } catch (const std::exception&) {  // the folder is not ours any more: nor are the files
    }
}

std::string LaunchedProcess::find_session_file() const {
    SessionDirectory directory;
    for (const SessionEntry& entry : directory.refresh() | std::views::reverse)  // the first that began
        if (entry.status != SessionStatus::refused && entry.launch == launch_) return entry.path;
    return {};
}

std::unique_ptr<LiveSource> LaunchedProcess::try_open() {
    // Asked first: a command that ends just now has left its session by the time it is looked for.
    const bool over = !running();
    const std::string path = find_session_file();
    if (!path.empty()) return std::make_unique<LiveSource>(path, LiveStart::beginning);
    if (!over) return nullptr;
    const int code = wait();
    const std::string how = code >= 0 ? fmt::format("ended with exit code {}", code)
                                      : fmt::format("was killed by signal {} ({})", -code, strsignal(-code));
    throw SourceError(fmt::format("{} {}: it started no instrumented loop", program_, how));
}

std::unique_ptr<LiveSource> LaunchedProcess::open(std::optional<std::chrono::milliseconds> patience) {
    const auto began = std::chrono::steady_clock::now();
    while (true) {
        if (auto source = try_open()) return source;
        if (patience && std::chrono::steady_clock::now() - began > *patience)
            throw SourceError(fmt::format("{} has started no instrumented loop within {} s; it runs on as process {}",
                                          program_, static_cast<double>(patience->count()) / 1000, pid_));
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

bool LaunchedProcess::running() const {
    if (exit_code_) return false;
    siginfo_t status{};
    return waitid(P_PID, static_cast<id_t>(pid_), &status, WEXITED | WNOHANG | WNOWAIT) == 0 && status.si_pid == 0;
}

void LaunchedProcess::terminate(int signal_number) {
    std::vector<int> pids;
    if (!exit_code_) pids = with_descendants(pid_);
    try {
        SessionDirectory directory;
        for (const SessionEntry& entry : directory.refresh())
            if (entry.launch == launch_ && entry.status == SessionStatus::running) pids.push_back(entry.pid);
    } catch (const SourceError&) {  // the folder is not ours any more
    }
    std::set<int> told;
    for (const int pid : pids)
        if (told.insert(pid).second) kill(pid, signal_number);
}

int LaunchedProcess::wait() {
    if (exit_code_) return *exit_code_;
    int status = 0;
    pid_t got = -1;
    do {
        got = waitpid(pid_, &status, 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        exit_code_ = 0;  // somebody else reaped it: nothing is known
    else
        exit_code_ = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
    return *exit_code_;
}

}  // namespace awaitscope
