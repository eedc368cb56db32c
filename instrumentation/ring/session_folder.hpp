// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace awaitscope::ring {

inline constexpr const char* session_suffix = ".session";

/// Closes the descriptor it holds.
class FileDescriptor {
  public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) noexcept : fd_(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept : fd_(other.release()) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept;
    ~FileDescriptor();
    int get() const noexcept { return fd_; }
    int release() noexcept {
        const int fd = fd_;
        fd_ = -1;
        return fd;
    }
    explicit operator bool() const noexcept { return fd_ >= 0; }

  private:
    int fd_ = -1;
};

/// Where this user's sessions are where no AWAITSCOPE_DIR says otherwise: /dev/shm/awaitscope-UID.
std::string default_session_folder();
/// Where this process looks for them, and puts its own: $AWAITSCOPE_DIR, or the default.
std::string session_folder();

/// Opens the folder and makes sure that it is a folder, ours, and closed to everybody else. With `create` it is made
/// where it is missing. Invalid, and `error` says why, when something is wrong; without `create` a folder that is not
/// there is invalid with an empty `error`.
FileDescriptor open_session_folder(const std::string& path, bool create, std::string& error);

/// Whether a living process holds the session behind this descriptor.
bool session_is_alive(int fd) noexcept;

/// While the descriptor of the folder lives, sessions that come to their end stay for ten seconds, so that who looks
/// now and then misses nobody, however short the life. False where that cannot be had.
bool watch_session_folder(int folder) noexcept;
/// Whether anybody does.
bool session_folder_is_watched(int folder) noexcept;

/// Removes what dead processes left: sessions that ended cleanly at once, but for those that are kept, by a launch or
/// because the folder is watched; these, and what crashed, when they are a day old (ten seconds), or too many: of
/// crashes eight stay, whatever else ended since. Quiet about what it may not remove.
void collect_dead_sessions(int folder) noexcept;

}  // namespace awaitscope::ring
