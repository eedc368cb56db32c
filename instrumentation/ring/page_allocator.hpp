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
        if (!still_ours() || cut_short()) return EBADF;
        int result = EINTR;
        while (result == EINTR) result = posix_fallocate(fd_, static_cast<off_t>(offset), static_cast<off_t>(bytes));
        return result;
    }

    bool still_ours() const noexcept {
        struct stat status {};
        return fstat(fd_, &status) == 0 && status.st_dev == device_ && status.st_ino == inode_;
    }

    /// Somebody has cut the file short since it was made.
    bool cut_short() const noexcept {
        struct stat status {};
        return fstat(fd_, &status) == 0 && status.st_dev == device_ && status.st_ino == inode_ &&
               status.st_size < bytes_;
    }

  private:
    int fd_ = -1;
    dev_t device_ = 0;
    ino_t inode_ = 0;
    off_t bytes_ = 0;
};

}  // namespace awaitscope::ring
