// SPDX-License-Identifier: MIT
#include "instrumentation/ring/session_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <vector>

#include "instrumentation/ring/layout.hpp"

namespace awaitscope::ring {
namespace {

constexpr std::size_t crashed_sessions_kept = 8;
constexpr std::int64_t crashed_kept_seconds = 24 * 60 * 60;
/// A session without a lock may be one that is being made this moment.
constexpr std::int64_t making_seconds = 10;

struct DeadSession {
    std::string file;
    std::int64_t found_dead = 0;
};

std::int64_t now_seconds() {
    return static_cast<std::int64_t>(::time(nullptr));
}

/// Writes down that the process is gone: the file's modification time then tells when that was first seen.
bool mark_crashed(int fd) {
    const auto state = static_cast<std::uint32_t>(SessionState::crashed);
    return pwrite(fd, &state, sizeof state, offsetof(SessionHeader, state)) == sizeof state;
}

/// Looks at one file; true when it is dead and may be wanted for a while yet.
bool look_at(int folder, const char* file, DeadSession& dead) {
    FileDescriptor fd{openat(folder, file, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)};
    struct stat status {};
    if (!fd || fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != geteuid()) return false;
    if (session_is_alive(fd.get())) return false;
    const std::int64_t modified = status.st_mtim.tv_sec;
    std::uint64_t magic = 0;
    std::uint32_t version = 0, state = 0;
    std::uint64_t launch = 0;
    const bool readable =
        pread(fd.get(), &magic, sizeof magic, offsetof(SessionHeader, magic)) == sizeof magic &&
        pread(fd.get(), &version, sizeof version, offsetof(SessionHeader, version)) == sizeof version &&
        pread(fd.get(), &state, sizeof state, offsetof(SessionHeader, state)) == sizeof state &&
        pread(fd.get(), &launch, sizeof launch, offsetof(SessionHeader, launch)) == sizeof launch;
    dead = {file, modified};
    if (!readable || magic != session_magic || version != layout_version) return true;
    switch (static_cast<SessionState>(state)) {
        case SessionState::being_made:
            if (now_seconds() - modified > making_seconds) unlinkat(folder, file, 0);
            return false;
        case SessionState::ended:
            if (launch != 0) return true;
            unlinkat(folder, file, 0);
            return false;
        case SessionState::running:
            if (mark_crashed(fd.get())) dead.found_dead = now_seconds();
            return true;
        case SessionState::crashed:
            break;
    }
    return true;
}

}  // namespace

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
        if (fd_ >= 0) close(fd_);
        fd_ = other.release();
    }
    return *this;
}

FileDescriptor::~FileDescriptor() {
    if (fd_ >= 0) close(fd_);
}

std::string session_folder() {
    if (const char* given = secure_getenv("AWAITSCOPE_DIR"); given && *given) {
        if (given[0] == '/') return given;
        char here[4096];
        return getcwd(here, sizeof here) ? std::string{here} + "/" + given : std::string{given};
    }
    return "/dev/shm/awaitscope-" + std::to_string(geteuid());
}

FileDescriptor open_session_folder(const std::string& path, bool create, std::string& error) {
    error.clear();
    if (create && mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
        error = "cannot make " + path + ": " + std::strerror(errno) + "; set AWAITSCOPE_DIR to a folder of yours";
        return {};
    }
    FileDescriptor folder{open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
    if (!folder) {
        if (errno != ENOENT || create) {
            const char* reason =
                errno == ELOOP || errno == ENOTDIR ? "it is a link or a file, not a folder" : std::strerror(errno);
            error = "cannot use " + path + ": " + reason + "; remove it, or set AWAITSCOPE_DIR to a folder of yours";
        }
        return {};
    }
    struct stat status {};
    if (fstat(folder.get(), &status) != 0) {
        error = "cannot look at " + path + ": " + std::strerror(errno);
    } else if (status.st_uid != geteuid()) {
        error = path + " belongs to user " + std::to_string(status.st_uid) +
                ", not to you; set AWAITSCOPE_DIR to a folder of yours";
    } else if ((status.st_mode & 077) != 0) {
        error = path + " is open to other users; run: chmod 700 " + path;
    }
    if (!error.empty()) return {};
    return folder;
}

bool session_is_alive(int fd) noexcept {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

void collect_dead_sessions(int folder) noexcept {
    try {
        // A descriptor of its own, since closedir() closes it.
        const int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        DIR* entries = copy >= 0 ? fdopendir(copy) : nullptr;
        if (!entries) {
            if (copy >= 0) close(copy);
            return;
        }
        std::vector<DeadSession> dead;
        while (const dirent* entry = readdir(entries)) {
            DeadSession one;
            if (std::string_view{entry->d_name}.ends_with(session_suffix) && look_at(folder, entry->d_name, one))
                dead.push_back(std::move(one));
        }
        closedir(entries);
        std::ranges::sort(dead, std::ranges::greater{}, &DeadSession::found_dead);
        const std::int64_t now = now_seconds();
        for (std::size_t i = 0; i < dead.size(); ++i)
            if (i >= crashed_sessions_kept || now - dead[i].found_dead > crashed_kept_seconds)
                unlinkat(folder, dead[i].file.c_str(), 0);
    } catch (...) {  // out of memory: the next start collects
    }
}

}  // namespace awaitscope::ring
