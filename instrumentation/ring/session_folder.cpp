// SPDX-License-Identifier: MIT
#include "instrumentation/ring/session_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "instrumentation/ring/layout.hpp"

namespace awaitscope::ring {
namespace {

/// One that came to its end, and is kept for who launched it, takes no crash's room.
constexpr std::size_t crashed_sessions_kept = 8;
constexpr std::size_t ended_sessions_kept = 32;
constexpr std::int64_t kept_seconds = 24 * 60 * 60;
/// One that ended while the folder was watched.
constexpr std::int64_t watched_seconds = 10;
/// A session without a lock may be one that is being made this moment.
constexpr std::int64_t making_seconds = 10;

struct DeadSession {
    std::string file;
    std::int64_t found_dead = 0;
    bool ended = false;
    std::string program;
};

std::int64_t now_seconds() {
    return static_cast<std::int64_t>(::time(nullptr));
}

/// Writes down that the process is gone: the file's modification time then tells when that was first seen.
bool mark_crashed(int fd) {
    const auto state = static_cast<std::uint32_t>(SessionState::crashed);
    return pwrite(fd, &state, sizeof state, offsetof(SessionHeader, state)) == sizeof state;
}

/// By somebody else.
bool is_locked(int fd) noexcept {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

/// Looks at one file; true when it is dead and may be wanted for a while yet.
bool look_at(int folder, bool watched, const char* file, DeadSession& dead) {
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
    char name[sizeof(SessionHeader::name)] = {};
    if (pread(fd.get(), name, sizeof name, offsetof(SessionHeader, name)) > 0)
        dead.program.assign(name, strnlen(name, sizeof name));
    if (!readable || magic != session_magic || version != layout_version) return true;
    switch (static_cast<SessionState>(state)) {
        case SessionState::being_made:
            if (now_seconds() - modified > making_seconds) unlinkat(folder, file, 0);
            return false;
        case SessionState::ended:
        case SessionState::replacing:
            dead.ended = true;
            if (launch != 0 || (watched && now_seconds() - modified <= watched_seconds)) return true;
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

/// Takes out of `dead`, newest first, those that are too many: the oldest one of the program that left the most, so
/// that a dozen workers which somebody killed do not drive out another program's crash.
std::vector<DeadSession> take_surplus(std::vector<DeadSession>& dead, std::size_t kept) {
    std::vector<DeadSession> surplus;
    while (dead.size() > kept) {
        const auto left = [&](const DeadSession& one) {
            return std::ranges::count(dead, one.program, &DeadSession::program);
        };
        const auto oldest = std::ranges::max_element(dead.rbegin(), dead.rend(), {}, left);
        surplus.push_back(std::move(*oldest));
        dead.erase(std::next(oldest).base());
    }
    return surplus;
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

std::string default_session_folder() {
    return "/dev/shm/awaitscope-" + std::to_string(geteuid());
}

std::string session_folder() {
    if (const char* given = secure_getenv("AWAITSCOPE_DIR"); given && *given) {
        if (given[0] == '/') return given;
        char here[4096];
        return getcwd(here, sizeof here) ? std::string{here} + "/" + given : std::string{given};
    }
    return default_session_folder();
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
        error = path +
                " is open to other users; run chmod 700 on it if it is for sessions alone, or set AWAITSCOPE_DIR to "
                "another folder of yours";
    }
    if (!error.empty()) return {};
    return folder;
}

bool session_is_alive(int fd) noexcept {
    return is_locked(fd);
}

bool watch_session_folder(int folder) noexcept {
    struct flock lock {};
    lock.l_type = F_RDLCK;  // any number of them
    lock.l_whence = SEEK_SET;
    return fcntl(folder, F_OFD_SETLK, &lock) == 0;
}

bool session_folder_is_watched(int folder) noexcept {
    return is_locked(folder);
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
        const bool watched = session_folder_is_watched(folder);
        std::vector<DeadSession> crashed, ended;
        while (const dirent* entry = readdir(entries)) {
            DeadSession one;
            if (std::string_view{entry->d_name}.ends_with(session_suffix) &&
                look_at(folder, watched, entry->d_name, one))
                (one.ended ? ended : crashed).push_back(std::move(one));
        }
        closedir(entries);
        const std::int64_t now = now_seconds();
        for (const auto& [dead, kept] :
             {std::pair{&crashed, crashed_sessions_kept}, std::pair{&ended, ended_sessions_kept}}) {
            std::ranges::sort(*dead, std::ranges::greater{}, &DeadSession::found_dead);
            for (const DeadSession& one : take_surplus(*dead, kept)) unlinkat(folder, one.file.c_str(), 0);
            for (const DeadSession& one : *dead)
                if (now - one.found_dead > kept_seconds) unlinkat(folder, one.file.c_str(), 0);
        }
    } catch (...) {  // out of memory: the next start collects
    }
}

}  // namespace awaitscope::ring
