// SPDX-License-Identifier: MIT
// CPython's subprocess.Popen._execute_child, on posix_spawn: glibc's is a vfork, and gives exec's error back.
#include "runtime/src/process/spawn.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "asyncio/errors.hpp"
#include "asyncio/subprocess.hpp"

namespace asyncio::detail {
namespace {

void check(int error) {
    if (error != 0) throw_os_error(error);
}

void require_no_zero_byte(const std::string& text) {
    if (text.find('\0') != std::string::npos) throw ValueError("embedded null byte");
}

/// A text as Python's repr() has it, as far as names of files need it.
std::string repr(const std::string& text) {
    const char quote = text.find('\'') != std::string::npos && text.find('"') == std::string::npos ? '"' : '\'';
    std::string all(1, quote);
    for (const char c : text) {
        if (c == quote || c == '\\') all += '\\';
        if (c == '\n')
            all += "\\n";
        else
            all += c;
    }
    return all + quote;
}

[[noreturn]] void throw_about(int error, const std::string& name) {
    throw_os_error(error, std::strerror(error) + (": " + repr(name)));
}

/// posix_spawn's two objects.
class Attributes {
  public:
    explicit Attributes(bool new_session) {
        check(posix_spawnattr_init(&attributes_));
        sigset_t signals;
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&attributes_, &signals);
        sigaddset(&signals, SIGPIPE);
        sigaddset(&signals, SIGXFSZ);
        posix_spawnattr_setsigdefault(&attributes_, &signals);
        const int session = new_session ? POSIX_SPAWN_SETSID : 0;
        posix_spawnattr_setflags(&attributes_,
                                 static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | session));
    }
    ~Attributes() { posix_spawnattr_destroy(&attributes_); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    const posix_spawnattr_t* get() const { return &attributes_; }

  private:
    posix_spawnattr_t attributes_;
};

class Actions {
  public:
    Actions() { check(posix_spawn_file_actions_init(&actions_)); }
    ~Actions() { posix_spawn_file_actions_destroy(&actions_); }
    Actions(const Actions&) = delete;
    Actions& operator=(const Actions&) = delete;
    posix_spawn_file_actions_t* get() { return &actions_; }
    const posix_spawn_file_actions_t* get() const { return &actions_; }

  private:
    posix_spawn_file_actions_t actions_;
};

/// The child's standard descriptors: what each becomes, and what has to be closed in the parent afterwards.
class Stdio {
  public:
    explicit Stdio(const SpawnRequest& request, Spawned& spawned) {
        for (int fd = 0; fd < 3; ++fd)
            if (const auto& wanted = request.stdio[fd]) source_[fd] = open(fd, *wanted, request, spawned.pipes[fd]);
    }
    void add_to(Actions& actions) const {
        for (int fd = 0; fd < 3; ++fd)
            if (source_[fd] >= 0) check(posix_spawn_file_actions_adddup2(actions.get(), source_[fd], fd));
        check(posix_spawn_file_actions_addclosefrom_np(actions.get(), 3));
    }

  private:
    int open(int fd, int wanted, const SpawnRequest& request, Socket& parents_end) {
        if (wanted == PIPE) {
            int ends[2];
            if (pipe2(ends, O_CLOEXEC) != 0) throw_os_error(errno);
            const bool child_reads = fd == 0;
            parents_end = Socket(ends[child_reads ? 1 : 0]);
            return own(Socket(ends[child_reads ? 0 : 1]));
        }
        if (wanted == DEVNULL) {
            if (!devnull_) devnull_ = Socket(::open("/dev/null", O_RDWR | O_CLOEXEC));
            if (!devnull_) throw_about(errno, "/dev/null");
            return out_of_the_way(devnull_.fd());
        }
        if (wanted == STDOUT && fd == 2) return request.stdio[1] ? source_[1] : out_of_the_way(1);
        return out_of_the_way(wanted);
    }
    /// dup2() to 0, 1 or 2 must not write over what another one of them still needs.
    int out_of_the_way(int fd) {
        if (fd > 2) {
            if (fcntl(fd, F_GETFD) < 0) throw_os_error(errno);
            return fd;
        }
        const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
        if (copy < 0) throw_os_error(errno);
        return own(Socket(copy));
    }
    int own(Socket socket) {
        const int fd = socket.fd();
        owned_.push_back(std::move(socket));
        return fd > 2 ? fd : out_of_the_way(fd);
    }

    int source_[3] = {-1, -1, -1};
    Socket devnull_;
    std::vector<Socket> owned_;
};

/// Where the program may be, in the order in which CPython tries.
std::vector<std::string> candidates(const SpawnRequest& request) {
    if (request.program.find('/') != std::string::npos) return {request.program};
    std::string path = "/bin:/usr/bin";
    if (!request.env) {
        if (const char* const own = std::getenv("PATH")) path = own;
    } else if (const auto found = request.env->find("PATH"); found != request.env->end()) {
        path = found->second;
    }
    std::vector<std::string> all;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find(':', at), path.size());
        std::string folder = path.substr(at, end - at);
        if (!folder.empty() && folder.back() != '/') folder += '/';
        all.push_back(folder + request.program);
        at = end + 1;
    }
    return all;
}

/// The folder itself, so that its errors are known from the program's.
Socket open_folder(const std::string& path) {
    Socket folder(open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder || faccessat(folder.fd(), ".", X_OK, AT_EACCESS) != 0) throw_about(errno, path);
    return folder;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

}  // namespace

Spawned spawn(const SpawnRequest& request) {
    std::vector<std::string> arguments{request.program};
    arguments.insert(arguments.end(), request.arguments.begin(), request.arguments.end());
    for (const std::string& argument : arguments) require_no_zero_byte(argument);
    std::vector<std::string> environment;
    if (request.env) {
        for (const auto& [name, value] : *request.env) {
            if (name.find('=') != std::string::npos) throw ValueError("illegal environment variable name");
            environment.push_back(name + "=" + value);
            require_no_zero_byte(environment.back());
        }
    }
    Spawned spawned;
    const Stdio stdio(request, spawned);
    Actions actions;
    Socket folder;
    if (request.cwd) {
        require_no_zero_byte(*request.cwd);
        folder = open_folder(*request.cwd);
        check(posix_spawn_file_actions_addfchdir_np(actions.get(), folder.fd()));
    }
    stdio.add_to(actions);
    const Attributes attributes(request.start_new_session);
    const std::vector<char*> argv = pointers(arguments);
    const std::vector<char*> envp = pointers(environment);

    int error = ENOENT;
    int telling_error = 0;  // that a file is not where it was looked for tells less
    for (const std::string& file : candidates(request)) {
        // What is not there needs no process to find that out.
        if (faccessat(folder ? folder.fd() : AT_FDCWD, file.c_str(), F_OK, 0) != 0 &&
            (errno == ENOENT || errno == ENOTDIR)) {
            error = errno;
            continue;
        }
        error = posix_spawn(&spawned.pid, file.c_str(), actions.get(), attributes.get(), argv.data(),
                            request.env ? envp.data() : environ);
        if (error == 0) return spawned;
        if (error != ENOENT && error != ENOTDIR && telling_error == 0) telling_error = error;
    }
    throw_about(telling_error != 0 ? telling_error : error, request.program);
}

int exit_code_of(int status) {
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace asyncio::detail
