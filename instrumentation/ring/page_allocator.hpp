// SPDX-License-Identifier: MIT
#pragma once

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstddef>

namespace awaitscope::ring {

/// Allocates pages of one sparse file of a given size. It remembers which file that is: a host that closes descriptors
/// it does not know may have another file under the number by now, and that one must stay as it is.
class PageAllocator {
  public:
    PageAllocator() = default;
    /// Of the file that `status` is of, which has `bytes` bytes.
    PageAllocator(int fd, const struct stat& status, std::size_t bytes) noexcept
        : fd_(fd), device_(status.st_dev), inode_(status.st_ino), bytes_(static_cast<off_t>(bytes)) {}

    /// 0, or the error's number (ENOSPC: the file system is full). A file that was cut short stays so: readers see it.
    int allocate(std::size_t offset, std::size_t bytes) const noexcept {
        if (size_now() < bytes_) return EBADF;
        int result = EINTR;
        while (result == EINTR) result = posix_fallocate(fd_, static_cast<off_t>(offset), static_cast<off_t>(bytes));
        return result;
    }

    bool still_ours() const noexcept { return size_now() >= 0; }

    /// Somebody has cut the file short since it was made.
    bool cut_short() const noexcept {
        const off_t size = size_now();
        return size >= 0 && size < bytes_;
    }

  private:
    /// -1: the number is not the file's any more.
    off_t size_now() const noexcept {
        struct stat status {};
        const bool ours = fstat(fd_, &status) == 0 && status.st_dev == device_ && status.st_ino == inode_;
        return ours ? status.st_size : -1;
    }

    int fd_ = -1;
    dev_t device_ = 0;
    ino_t inode_ = 0;
    off_t bytes_ = 0;
};

}  // namespace awaitscope::ring
